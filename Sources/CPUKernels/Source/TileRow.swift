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

  /// Adds row `row` of sums of integers, as the numbers they stand for.
  @inline(always)
  mutating func add(integers: TileRow, _ row: Int, _ scale: TileScale) {
    let lanes = Lanes.scalarCount
    let factor = Lanes(repeating: scale.rows[row])
    left = left.adding(integers.left.integerValue * Lanes(scale.columns), times: factor)
    right = right.adding(integers.right.integerValue * Lanes(scale.columns + lanes), times: factor)
    guard let rowOffsets = scale.rowOffsets, let columnSums = scale.columnSums else { return }
    let offset = Lanes(repeating: rowOffsets[row])
    left = left.adding(Lanes(columnSums), times: offset)
    right = right.adding(Lanes(columnSums + lanes), times: offset)
  }

  @inline(always)
  func store(_ end: UnsafeMutablePointer<Float>) {
    left.store(end)
    right.store(end + Lanes.scalarCount)
  }
}

/// Three rows of a tile, and where their operands stand: as many as a processor reaches from one
/// pointer without further arithmetic.
struct TileRows<F: Operands> {
  /// How many.
  static var count: Int { 3 }

  private var a: UnsafePointer<Word>
  private var r0, r1, r2: TileRow

  /// Rows `row ..< row + 3`.
  @inline(always)
  init(_ row: Int, _ a: UnsafePointer<Word>, _ aStride: Int, _ sums: TileSums) {
    self.a = a + row * aStride
    if F.sumsAreIntegers {
      (r0, r1, r2) = (TileRow(bias: nil), TileRow(bias: nil), TileRow(bias: nil))
      return
    }
    let bias = TileRow(bias: sums.bias)
    r0 = TileRow(sums.start(row), bias: bias)
    r1 = TileRow(sums.start(row + 1), bias: bias)
    r2 = TileRow(sums.start(row + 2), bias: bias)
  }

  /// Adds the products of the next word of each row.
  @inline(always)
  mutating func add(aStride: Int, _ left: Lanes, _ right: Lanes) {
    r0.add(F.self, a[0], left, right)
    r1.add(F.self, a[aStride], left, right)
    r2.add(F.self, a[2 * aStride], left, right)
    a += 1
  }

  @inline(always)
  func store(_ row: Int, _ sums: TileSums) {
    store(r0, row, sums)
    store(r1, row + 1, sums)
    store(r2, row + 2, sums)
  }

  @inline(always)
  private func store(_ sum: TileRow, _ row: Int, _ sums: TileSums) {
    let end = sums.end + row * sums.endStride
    guard F.sumsAreIntegers, let scale = sums.scale else { return sum.store(end) }
    var number = TileRow(sums.start(row), bias: TileRow(bias: sums.bias))
    number.add(integers: sum, row, scale)
    number.store(end)
  }
}
