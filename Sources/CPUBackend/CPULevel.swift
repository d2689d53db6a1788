import CCPUFeatures
import CPUKernelInterface
import CPUKernelsPortable

#if HAS_X86_KERNELS
  import CPUKernelsAVX2
  import CPUKernelsAVX512
  import CPUKernelsAVX512BF16
  import CPUKernelsAVX512VNNI
#endif

/// Which kernels a CPU backend computes with, the fastest first.
public enum CPULevel: String, Sendable, CaseIterable {
  /// Kernels for AVX-512 (subsets F, BW, DQ, VL) with its products of integers and of bf16.
  case avx512bf16
  /// Kernels for AVX-512 (subsets F, BW, DQ, VL) with its products of integers.
  case avx512vnni
  /// Kernels for AVX-512 (subsets F, BW, DQ, VL).
  case avx512
  /// Kernels for AVX2 and FMA.
  case avx2
  /// Portable kernels, with products by OpenBLAS.
  case blas
  /// Portable kernels alone: they run anywhere.
  case portable

  /// The fastest level that this processor and this machine's libraries offer.
  public static var best: CPULevel { allCases.first(where: \.isAvailable) ?? .portable }

  /// Whether this processor and this machine's libraries offer the level.
  public var isAvailable: Bool {
    switch self {
    case .avx512bf16:
      Self.hasX86Kernels && cpu_supports_avx512() && cpu_supports_avx512_vnni()
        && cpu_supports_avx512_bf16()
    case .avx512vnni: Self.hasX86Kernels && cpu_supports_avx512() && cpu_supports_avx512_vnni()
    case .avx512: Self.hasX86Kernels && cpu_supports_avx512()
    case .avx2: Self.hasX86Kernels && cpu_supports_avx2()
    case .blas: OpenBLAS.shared != nil
    case .portable: true
    }
  }

  var usesBLAS: Bool { self == .blas }

  var kernels: any KernelLevel.Type {
    #if HAS_X86_KERNELS
      switch self {
      case .avx512bf16: return CPUKernelsAVX512BF16.Kernels.self
      case .avx512vnni: return CPUKernelsAVX512VNNI.Kernels.self
      case .avx512: return CPUKernelsAVX512.Kernels.self
      case .avx2: return CPUKernelsAVX2.Kernels.self
      case .blas, .portable: break
      }
    #endif
    return CPUKernelsPortable.Kernels.self
  }

  /// Whether this build has kernels for particular processors.
  private static var hasX86Kernels: Bool {
    #if HAS_X86_KERNELS
      true
    #else
      false
    #endif
  }
}
