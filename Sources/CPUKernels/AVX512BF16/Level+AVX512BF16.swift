extension Kernels {
  package static var name: String { "AVX-512 with bf16" }
  package static var hasFastBFloat16: Bool { true }
}
