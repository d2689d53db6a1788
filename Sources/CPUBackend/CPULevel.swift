import CCPUFeatures
import CPUKernelInterface
import CPUKernelsPortable

#if HAS_AVX512_KERNELS
  import CPUKernelsAVX512
#endif

/// Which kernels a CPU backend computes with.
public enum CPULevel: String, Sendable, CaseIterable {
  /// Kernels for AVX-512 (subsets F, BW, DQ, VL).
  case avx512
  /// Portable kernels, with products by OpenBLAS.
  case blas
  /// Portable kernels alone: they run anywhere.
  case portable

  /// The fastest level that this processor and this machine's libraries offer.
  public static var best: CPULevel { allCases.first(where: \.isAvailable) ?? .portable }

  /// Whether this processor and this machine's libraries offer the level.
  public var isAvailable: Bool {
    switch self {
    case .avx512: Self.hasAVX512
    case .blas: OpenBLAS.shared != nil
    case .portable: true
    }
  }

  var usesBLAS: Bool { self == .blas }

  var kernels: any KernelLevel.Type {
    #if HAS_AVX512_KERNELS
      if self == .avx512 { return CPUKernelsAVX512.Kernels.self }
    #endif
    return CPUKernelsPortable.Kernels.self
  }

  static var hasAVX512: Bool {
    #if HAS_AVX512_KERNELS
      cpu_supports_avx512()
    #else
      false
    #endif
  }
}
