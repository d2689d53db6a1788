import CPUKernelInterface
import Tensors

extension CPUBackend {
  /// Convolves with a weight of integers, as it was packed or as it becomes the first time.
  func convolveIntegers(_ arguments: ConvolutionArguments, _ stored: CPUWeight) {
    var arguments = arguments
    arguments.operands = .int8
    guard case .floats(let precision) = stored.operands else { return convolve(arguments) }
    let packed = stored.form(.integers) {
      integers(
        of: stored.packed, precision, outputs: arguments.outputs, channels: arguments.channels,
        taps: arguments.taps)
    }
    arguments.weight = UnsafePointer(packed.words)
    convolve(arguments)
  }

  /// The integers of a weight that is packed as numbers.
  func integers(
    of weight: CPUStorage, _ precision: OperandPrecision, outputs: Int, channels: Int, taps: Int
  ) -> CPUStorage {
    let kernels = kernels
    let count = kernels.packedCount(
      outputs: outputs, channels: channels, taps: taps, operands: .int8)
    return panels(of: outputs, words: count) {
      kernels.packIntegers(
        UnsafePointer(weight.words), precision, into: $0, outputs: outputs, channels: channels,
        taps: taps, panels: $1)
    }
  }
}
