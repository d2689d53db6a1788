import CIntrinsics

/// One vector register.
typealias Lanes = SIMD8<Float>
typealias IntLanes = SIMD8<Int32>
typealias WordBits = SIMD8<UInt32>

extension Lanes {
  /// self + a·b in one rounding.
  @inline(always)
  func adding(_ a: Lanes, times b: Lanes) -> Lanes { addingProduct(a, b) }

  /// The numbers of a register that holds integers with a sign.
  @inline(always)
  var integerValue: Lanes { numbers_of_8_integers(self) }
}

extension WordBits {
  /// Writes the lowest byte of each word.
  @inline(always)
  func storeBytes(_ pointer: UnsafeMutablePointer<UInt8>) {
    store_8_low_bytes(pointer, unsafeBitCast(self, to: Lanes.self))
  }

  /// Writes the lower half of each word.
  @inline(always)
  func storeHalves(_ pointer: UnsafeMutablePointer<UInt16>) {
    store_8_low_halves(pointer, unsafeBitCast(self, to: Lanes.self))
  }
}

extension Kernels {
  package static var name: String { "AVX2" }
  package static var hasFastBFloat16: Bool { false }
  // Twelve sums, two weights and one broadcast input fill 15 of the 16 registers.
  package static var tileRows: Int { 6 }
  package static var tileColumns: Int { 16 }
}
