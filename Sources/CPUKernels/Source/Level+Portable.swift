/// One vector register of the narrowest machine.
typealias Lanes = SIMD4<Float>
typealias IntLanes = SIMD4<Int32>

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
  package static var name: String { "portable" }
  // Eight sums, two weights and one broadcast input fill 11 of the 16 registers of SSE2.
  package static var tileRows: Int { 4 }
  package static var tileColumns: Int { 8 }
}
