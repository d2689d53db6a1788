/// A rectangle in an image, in shares of its width and height, from the top left corner.
public struct BoundingBox: Sendable, Equatable, CustomStringConvertible {
  /// The left edge, 0 … 1.
  public var x0: Float
  /// The top edge, 0 … 1.
  public var y0: Float
  /// The right edge, 0 … 1.
  public var x1: Float
  /// The bottom edge, 0 … 1.
  public var y1: Float

  /// Names a rectangle.
  public init(x0: Float, y0: Float, x1: Float, y1: Float) {
    (self.x0, self.y0, self.x1, self.y1) = (x0, y0, x1, y1)
  }

  /// Whether the rectangle has an area and lies in the image.
  public var isInsideImage: Bool {
    0 <= x0 && x0 < x1 && x1 <= 1 && 0 <= y0 && y0 < y1 && y1 <= 1
  }

  /// The four numbers: left, top, right, bottom.
  public var description: String { coordinates.map { "\($0)" }.joined(separator: ",") }

  /// The four numbers in the order in which networks want them.
  var coordinates: [Float] { [x0, y0, x1, y1] }
}
