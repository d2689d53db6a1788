import CIntrinsics
package import CPUKernelInterface

/// One vector register.
typealias Lanes = SIMD8<Float>
typealias IntLanes = SIMD8<Int32>
typealias WordBits = SIMD8<UInt32>
typealias HalfBits = SIMD16<UInt16>
typealias HalfLanes = SIMD16<Int16>

extension Lanes {
  /// self + a·b in one rounding.
  @inline(always)
  func adding(_ a: Lanes, times b: Lanes) -> Lanes { addingProduct(a, b) }

  /// Reads a register from any address.
  @inline(always)
  init(_ pointer: UnsafePointer<Float>) { self = load_8_numbers(pointer) }

  /// Writes a register to any address.
  @inline(always)
  func store(_ pointer: UnsafeMutablePointer<Float>) { store_8_numbers(pointer, self) }

  /// The numbers of a register that holds integers with a sign.
  @inline(always)
  var integerValue: Lanes { numbers_of_8_integers(self) }

  /// The square roots; Swift's own take one lane after another.
  @inline(always)
  var roots: Lanes { roots_of_8_numbers(self) }

  /// The sums of both products of each word: halves with a sign.
  @inline(always)
  func pairProducts(_ other: Lanes) -> IntLanes {
    unsafeBitCast(products_of_8_pairs(self, other), to: IntLanes.self)
  }
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
  package static var integerInstructions: IntegerInstructions { .ofPairs }
  // Twelve sums, two weights and one broadcast input fill 15 of the 16 registers.
  package static var tileRows: Int { 6 }
  package static var tileColumns: Int { 16 }
}
