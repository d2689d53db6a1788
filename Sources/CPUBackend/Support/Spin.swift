import CPUKernelInterface
package import Tensors

extension CPUBackend {
  /// Keeps every thread busy with multiplications and additions in registers.
  ///
  /// The fastest kernels do it, whichever compute: the time it takes tells what the processor can do.
  ///
  /// - Returns: Number of floating-point operations.
  package func spin(rounds: Int, precision: ProductPrecision = .float32) -> Double {
    let level = CPULevel.allCases.first { $0.isAvailable && !$0.usesBLAS } ?? .portable
    let (kernels, operands) = (level.kernels, ProductOperands(precision))
    // Several parts a thread, so that one that comes late does fewer.
    let parts = 8 * threads.count
    threads.forEach(parts, scratchBytes: MemoryLayout<Float>.stride) { part, result in
      result.storeBytes(
        of: kernels.spin(rounds: rounds, factor: 0.5, operands: operands), as: Float.self)
    }
    return Double(parts * kernels.spinOperations(rounds: rounds, operands: operands))
  }
}
