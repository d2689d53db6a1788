import CIntrinsics

/// One vector register.
typealias Lanes = SIMD16<Float>
typealias IntLanes = SIMD16<Int32>
typealias WordBits = SIMD16<UInt32>
typealias HalfBits = SIMD32<UInt16>
typealias HalfLanes = SIMD32<Int16>

extension Lanes {
  /// self + a·b in one rounding.
  @inline(always)
  func adding(_ a: Lanes, times b: Lanes) -> Lanes { addingProduct(a, b) }

  /// Reads a register from any address.
  @inline(always)
  init(_ pointer: UnsafePointer<Float>) { self = load_16_numbers(pointer) }

  /// Writes a register to any address.
  @inline(always)
  func store(_ pointer: UnsafeMutablePointer<Float>) { store_16_numbers(pointer, self) }

  /// The numbers of a register that holds integers with a sign.
  @inline(always)
  var integerValue: Lanes { numbers_of_16_integers(self) }

  /// The square roots; Swift's own take one lane after another.
  @inline(always)
  var roots: Lanes { roots_of_16_numbers(self) }

  /// The sums of both products of each word: halves with a sign.
  @inline(always)
  func pairProducts(_ other: Lanes) -> IntLanes {
    unsafeBitCast(products_of_16_pairs(self, other), to: IntLanes.self)
  }
}

extension WordBits {
  /// Writes the lowest byte of each word.
  @inline(always)
  func storeBytes(_ pointer: UnsafeMutablePointer<UInt8>) {
    store_16_low_bytes(pointer, unsafeBitCast(self, to: Lanes.self))
  }

  /// Writes the lower half of each word.
  @inline(always)
  func storeHalves(_ pointer: UnsafeMutablePointer<UInt16>) {
    store_16_low_halves(pointer, unsafeBitCast(self, to: Lanes.self))
  }
}

extension Kernels {
  // 24 sums, two weights and one broadcast input fill 27 of the 32 registers.
  package static var tileRows: Int { 12 }
  package static var tileColumns: Int { 32 }
}
