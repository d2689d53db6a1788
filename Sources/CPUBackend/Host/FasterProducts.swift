import CCPUFeatures
import CPUKernelInterface

/// In which precision this processor multiplies faster. Having instructions does not say that they are fast.
enum FasterProducts {
  /// Whether products of bf16 take no longer than those of single precision, measured once in a few milliseconds: a Sapphire
  /// Rapids without its tiles does less than half as many, a Zen 5 nearly twice as many.
  static let areOfBFloat16: Bool = {
    var (half, single) = (Double.infinity, Double.infinity)
    // In turn, so that what slows the processor for a while slows both.
    for _ in 0..<50 {
      half = min(half, secondsOfOperation(.floats(.bfloat16)))
      single = min(single, secondsOfOperation(.floats(.single)))
    }
    return half <= single
  }()

  /// Whether pairs of sixteen bits, which one instruction multiplies and another adds, take less time than products of
  /// single precision. It is not measured: the factor, 1.5, is smaller than a busy machine's doubts, and a run
  /// that is begun again has to find the same.
  static let areOfPairs = !cpu_is_amd_before_zen3()

  /// Of one short run in registers on this thread.
  private static func secondsOfOperation(_ operands: ProductOperands) -> Double {
    let (kernels, rounds) = (CPULevel.best.kernels, 2000)
    let time = ContinuousClock().measure {
      _ = kernels.spin(rounds: rounds, factor: 0.5, operands: operands)
    }
    return time / .seconds(1) / Double(kernels.spinOperations(rounds: rounds, operands: operands))
  }
}
