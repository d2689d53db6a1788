import CPUKernelInterface

/// In which precision this processor multiplies faster. Having instructions for bf16 does not say that they are: a Sapphire
/// Rapids without its tiles does less than half as many products of bf16 a second as of single precision, a Zen 5 nearly
/// twice as many.
enum FasterProducts {
  /// Whether products of bf16 take no longer than those of single precision, measured once in less than 10 ms.
  static let areOfBFloat16 = rate(.floats(.bfloat16)) >= rate(.floats(.single))

  /// Operations a second in registers on this thread: of several short runs the fastest, which nothing has disturbed.
  private static func rate(_ operands: ProductOperands) -> Double {
    let kernels = CPULevel.best.kernels
    let rounds = 1000
    let clock = ContinuousClock()
    let fastest =
      (0..<20).map { _ in
        clock.measure { _ = kernels.spin(rounds: rounds, factor: 0.5, operands: operands) }
      }.min() ?? .zero
    return Double(kernels.spinOperations(rounds: rounds, operands: operands))
      / (fastest / .seconds(1))
  }
}
