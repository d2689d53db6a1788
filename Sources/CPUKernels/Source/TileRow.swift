import CPUKernelInterface

/// A row of a tile of sums: two registers.
struct TileRow {
  private var left, right: Lanes

  @inline(always)
  init(_ start: UnsafePointer<Float>?, bias: TileRow) {
    self = bias
    guard let start else { return }
    left += Lanes(start)
    right += Lanes(start + Lanes.scalarCount)
  }

  /// Zeros where there is no bias.
  @inline(always)
  init(bias: UnsafePointer<Float>?) {
    left = bias.map { Lanes($0) } ?? Lanes()
    right = bias.map { Lanes($0 + Lanes.scalarCount) } ?? Lanes()
  }

  @inline(always)
  mutating func add<F: Operands>(_: F.Type, _ a: Word, _ left: Lanes, _ right: Lanes) {
    let a = Lanes(repeating: a)
    self.left = F.add(self.left, a, left)
    self.right = F.add(self.right, a, right)
  }

  @inline(always)
  func store(_ end: UnsafeMutablePointer<Float>) {
    left.store(end)
    right.store(end + Lanes.scalarCount)
  }
}

/// Three rows of a tile, and where their operands stand: as many as a processor reaches from one
/// pointer without further arithmetic.
struct TileRows {
  /// How many.
  static let count = 3

  private var a: UnsafePointer<Word>
  private var r0, r1, r2: TileRow

  /// Rows `row ..< row + 3`.
  @inline(always)
  init(_ row: Int, _ a: UnsafePointer<Word>, _ aStride: Int, _ sums: TileSums) {
    self.a = a + row * aStride
    let bias = TileRow(bias: sums.bias)
    @inline(always)
    func start(_ i: Int) -> UnsafePointer<Float>? { sums.start.map { $0 + i * sums.startStride } }
    r0 = TileRow(start(row), bias: bias)
    r1 = TileRow(start(row + 1), bias: bias)
    r2 = TileRow(start(row + 2), bias: bias)
  }

  /// Adds the products of the next word of each row.
  @inline(always)
  mutating func add<F: Operands>(_: F.Type, aStride: Int, _ left: Lanes, _ right: Lanes) {
    r0.add(F.self, a[0], left, right)
    r1.add(F.self, a[aStride], left, right)
    r2.add(F.self, a[2 * aStride], left, right)
    a += 1
  }

  @inline(always)
  func store(_ row: Int, _ sums: TileSums) {
    r0.store(sums.end + row * sums.endStride)
    r1.store(sums.end + (row + 1) * sums.endStride)
    r2.store(sums.end + (row + 2) * sums.endStride)
  }
}
