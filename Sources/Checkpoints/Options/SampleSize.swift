/// Height and width that a network was trained on: a file gives one side for both, or a list of the two.
public struct SampleSize: Sendable, Equatable, OptionNumbers, ExpressibleByIntegerLiteral {
  /// Rows.
  public let height: Int
  /// Pixels a row.
  public let width: Int

  /// A size from its two sides.
  public init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }

  /// A square.
  public init(integerLiteral side: Int) { self.init(height: side, width: side) }

  /// Takes a whole number, or a list of two.
  public init?(json: JSONValue) {
    guard let sides = [Int](json: json) ?? Int(json: json).map({ [$0, $0] }), sides.count == 2
    else { return nil }
    self.init(height: sides[0], width: sides[1])
  }

  /// A number for a square, otherwise a list of height and width.
  public var json: JSONValue { height == width ? height.json : numbers.json }
  /// Height and width.
  public var numbers: [Int] { [height, width] }
  /// What a file may say.
  public static var expectation: String { "a whole number, or a list of height and width" }
}
