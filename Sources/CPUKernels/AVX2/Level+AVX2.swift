/// One vector register.
typealias Lanes = SIMD8<Float>
typealias IntLanes = SIMD8<Int32>
typealias WordBits = SIMD8<UInt32>

extension Lanes {
  /// self + a·b in one rounding.
  @inline(always)
  func adding(_ a: Lanes, times b: Lanes) -> Lanes { addingProduct(a, b) }
}

extension Kernels {
  package static var name: String { "AVX2" }
  package static var hasFastBFloat16: Bool { false }
  // Twelve sums, two weights and one broadcast input fill 15 of the 16 registers.
  package static var tileRows: Int { 6 }
  package static var tileColumns: Int { 16 }
}
