package import CPUKernelInterface

extension Kernels {
  package static var name: String { "AVX-512" }
  package static var hasFastBFloat16: Bool { false }
  package static var integerInstructions: IntegerInstructions { .none }
}
