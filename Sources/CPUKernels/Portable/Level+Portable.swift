/// One vector register of the narrowest machine.
typealias Lanes = SIMD4<Float>
typealias IntLanes = SIMD4<Int32>
typealias WordBits = SIMD4<UInt32>

extension Lanes {
  /// self + a·b; fused only where the base instruction set has it.
  @inline(always)
  func adding(_ a: Lanes, times b: Lanes) -> Lanes {
    #if arch(arm64)
      addingProduct(a, b)
    #else
      self + a * b
    #endif
  }
}

extension Kernels {
  package static var hasFastBFloat16: Bool { false }
  package static var name: String { "portable" }
  // Twelve sums, two weights and one broadcast input fill 15 of the 16 registers of SSE2.
  package static var tileRows: Int { 6 }
  package static var tileColumns: Int { 8 }
}
