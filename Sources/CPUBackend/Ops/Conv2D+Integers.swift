import CPUKernelInterface
import Tensors

extension CPUBackend {
  /// Convolves with a weight of integers, as it was packed or as it becomes the first time.
  func convolve(
    _ arguments: ConvolutionArguments, _ stored: CPUWeight, as integers: IntegerPrecision
  ) {
    var arguments = arguments
    let operands = ProductOperands.integers(integers)
    if stored.operands != operands {
      let packed = stored.form(.integers) { repack(panels(stored, arguments), as: operands) }
      arguments.weight = UnsafePointer(packed.words)
    }
    convolve(arguments)
  }

  /// A convolution's weight as it was packed.
  func panels(_ stored: CPUWeight, _ arguments: ConvolutionArguments) -> WeightPanels {
    WeightPanels(
      stored.words, stored.operands, outputs: arguments.outputs, channels: arguments.channels,
      taps: arguments.taps)
  }

  /// A weight as other operands.
  private func repack(_ weight: WeightPanels, as operands: ProductOperands) -> CPUStorage {
    let kernels = kernels
    return panels(of: weight.outputs, channels: weight.channels, taps: weight.taps, operands) {
      kernels.repack(weight, into: $0, as: operands, panels: $1)
    }
  }
}
