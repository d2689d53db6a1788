/// One vector register.
typealias Lanes = SIMD16<Float>
typealias IntLanes = SIMD16<Int32>
typealias WordBits = SIMD16<UInt32>

extension Lanes {
  /// self + a·b in one rounding.
  @inline(always)
  func adding(_ a: Lanes, times b: Lanes) -> Lanes { addingProduct(a, b) }
}

extension Kernels {
  // 24 sums, two weights and one broadcast input fill 27 of the 32 registers.
  package static var tileRows: Int { 12 }
  package static var tileColumns: Int { 32 }
}
