/// Height and width of a feature map, or of a window over one, in pixels.
public struct MapSize: Sendable, Hashable, ExpressibleByIntegerLiteral, CustomStringConvertible {
  /// Pixels.
  public var height, width: Int

  /// Creates a size.
  public init(height: Int, width: Int) { (self.height, self.width) = (height, width) }

  /// A square.
  public init(integerLiteral side: Int) { self.init(height: side, width: side) }

  /// Height and width.
  public var description: String { "\(height)×\(width)" }
}
