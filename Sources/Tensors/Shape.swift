/// The extents of a tensor, outermost first, such as `[N, H, W, C]`.
public struct Shape: Hashable, Sendable, ExpressibleByArrayLiteral, CustomStringConvertible {
  /// The extents, outermost first.
  public let dimensions: [Int]

  /// Creates a shape; every extent must be at least zero.
  public init(_ dimensions: [Int]) {
    precondition(dimensions.allSatisfy { $0 >= 0 }, "Shape: negative extent in \(dimensions)")
    self.dimensions = dimensions
  }

  /// Creates a shape from its extents.
  public init(arrayLiteral elements: Int...) { self.init(elements) }

  /// Number of axes.
  public var rank: Int { dimensions.count }

  /// Number of elements.
  public var count: Int { dimensions.reduce(1, *) }

  /// The extent of an axis; negative axes count from the end.
  public subscript(axis: Int) -> Int {
    dimensions[axis < 0 ? dimensions.count + axis : axis]
  }

  /// All extents but the last.
  public var leading: [Int] { Array(dimensions.dropLast()) }

  /// Product of all extents but the last: the rows of the tensor seen as a matrix.
  public var rows: Int { leading.reduce(1, *) }

  /// This shape with another innermost extent.
  public func with(last extent: Int) -> Shape { Shape(leading + [extent]) }

  /// This shape with another outermost extent.
  public func with(first extent: Int) -> Shape { Shape([extent] + dimensions.dropFirst()) }

  /// The extents in brackets.
  public var description: String { "\(dimensions)" }
}
