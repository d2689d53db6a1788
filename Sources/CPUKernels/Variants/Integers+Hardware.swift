import CIntrinsics
package import CPUKernelInterface

extension Int8Operands {
  @inline(always)
  static func add(_ sum: Lanes, _ a: Lanes, _ b: Lanes) -> Lanes { add_byte_products(sum, a, b) }
}

extension Int16Operands {
  @inline(always)
  static func add(_ sum: Lanes, _ a: Lanes, _ b: Lanes) -> Lanes { add_half_products(sum, a, b) }
}

extension Kernels {
  package static var integerInstructions: IntegerInstructions { .summing }
}
