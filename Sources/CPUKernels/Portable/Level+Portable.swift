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

  /// Reads a register from any address.
  @inline(always)
  init(_ pointer: UnsafePointer<Float>) {
    self = UnsafeRawPointer(pointer).loadUnaligned(as: Lanes.self)
  }

  /// Writes a register to any address.
  @inline(always)
  func store(_ pointer: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: Lanes.self)
  }

  /// The square roots.
  @inline(always)
  var roots: Lanes { squareRoot() }

  /// The numbers of a register that holds integers with a sign.
  @inline(always)
  var integerValue: Lanes {
    let integers = unsafeBitCast(self, to: IntLanes.self)
    return Lanes(
      Float(integers[0]), Float(integers[1]), Float(integers[2]), Float(integers[3]))
  }
}

extension WordBits {
  /// Writes the lowest byte of each word.
  @inline(always)
  func storeBytes(_ pointer: UnsafeMutablePointer<UInt8>) {
    for lane in 0..<scalarCount { pointer[lane] = UInt8(truncatingIfNeeded: self[lane]) }
  }

  /// Writes the lower half of each word.
  @inline(always)
  func storeHalves(_ pointer: UnsafeMutablePointer<UInt16>) {
    for lane in 0..<scalarCount { pointer[lane] = UInt16(truncatingIfNeeded: self[lane]) }
  }
}

extension Kernels {
  package static var hasFastBFloat16: Bool { false }
  package static var name: String { "portable" }
  // Twelve sums, two weights and one broadcast input fill 15 of the 16 registers of SSE2.
  package static var tileRows: Int { 6 }
  package static var tileColumns: Int { 8 }
}
