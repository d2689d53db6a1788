import CPUKernelInterface

/// In which precision this processor multiplies faster. Having instructions does not say that they are fast: a Sapphire
/// Rapids without its tiles does less than half as many products of bf16 a second as of single precision, a Zen 5 nearly
/// twice as many; a Zen 3 does 1.6 times as many of pairs of int16, where one instruction multiplies and another adds.
enum FasterProducts {
  /// Whether products of bf16 take no longer than those of single precision, measured once in less than 10 ms.
  static let areOfBFloat16 = rate(.floats(.bfloat16)) >= rate(.floats(.single))

  /// Whether products of int16 take clearly less, or else what makes integers of numbers costs more than they save.
  static let areOfInt16 = rate(.integers(.int16)) >= 1.2 * rate(.floats(.single))

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
