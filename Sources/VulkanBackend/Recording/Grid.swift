/// Numbers of workgroups along the axes of a grid.
struct Grid: Sendable {
  var x, y, z: UInt32

  /// A grid of at least one workgroup along each axis.
  init(_ x: Int, _ y: Int = 1, _ z: Int = 1) {
    (self.x, self.y, self.z) = (UInt32(x), UInt32(y), UInt32(z))
  }

  /// So many workgroups, continued along a second axis where one would be too long; see `numberOf` in
  /// `grid.slang`.
  init(groups: Int) {
    self.init(min(groups, Self.width), (groups + Self.width - 1) / Self.width)
  }

  /// Workgroups whose threads share so many elements; see `elementThreads` in `grid.slang`.
  init(elements: Int) {
    self.init(min((elements + Self.elementThreads - 1) / Self.elementThreads, Self.width))
  }

  /// Workgroups whose threads share so many elements, by eights where a pipeline writes them.
  init(elements: Int, each constants: Constants) {
    self.init(elements: constants.writesEights ? elements / 8 : elements)
  }

  /// Threads of a grid for elements: how far a thread goes to its next element.
  var elementStride: UInt32 { x * UInt32(Self.elementThreads) }

  /// Less than every device allows.
  static let width = 32768
  private static let elementThreads = 256
}
