import CPUKernelInterface

/// A row of a tile of sums: two registers.
struct TileRow {
  private var left, right: Lanes

  /// Zeros, or the sums that stand in memory.
  @inline(always)
  init(_ c: UnsafeMutablePointer<Float>, isLoaded: Bool) {
    left = isLoaded ? Lanes(UnsafePointer(c)) : Lanes()
    right = isLoaded ? Lanes(UnsafePointer(c + Lanes.scalarCount)) : Lanes()
  }

  @inline(always)
  mutating func add<F: Factors>(_: F.Type, _ a: Word, _ left: Lanes, _ right: Lanes) {
    let a = Lanes(repeating: a)
    self.left = F.add(self.left, a, left)
    self.right = F.add(self.right, a, right)
  }

  @inline(always)
  func store(_ c: UnsafeMutablePointer<Float>) {
    left.store(c)
    right.store(c + Lanes.scalarCount)
  }
}

/// Three rows of a tile, and where their factors stand: as many as a processor reaches from one
/// pointer without further arithmetic.
struct TileRows {
  private var a: UnsafePointer<Word>
  private var r0, r1, r2: TileRow

  @inline(always)
  init(
    _ a: UnsafePointer<Word>, _ c: UnsafeMutablePointer<Float>, _ cStride: Int, isLoaded: Bool
  ) {
    self.a = a
    r0 = TileRow(c, isLoaded: isLoaded)
    r1 = TileRow(c + cStride, isLoaded: isLoaded)
    r2 = TileRow(c + 2 * cStride, isLoaded: isLoaded)
  }

  /// Adds the products of the next word of each row.
  @inline(always)
  mutating func add<F: Factors>(_: F.Type, aStride: Int, _ left: Lanes, _ right: Lanes) {
    r0.add(F.self, a[0], left, right)
    r1.add(F.self, a[aStride], left, right)
    r2.add(F.self, a[2 * aStride], left, right)
    a += 1
  }

  @inline(always)
  func store(_ c: UnsafeMutablePointer<Float>, _ cStride: Int) {
    r0.store(c)
    r1.store(c + cStride)
    r2.store(c + 2 * cStride)
  }
}
