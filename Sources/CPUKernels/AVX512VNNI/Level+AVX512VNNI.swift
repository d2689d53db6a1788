extension Kernels {
  package static var name: String { "AVX-512 with VNNI" }
  package static var hasFastBFloat16: Bool { false }
}
