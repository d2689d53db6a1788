import CPUKernelInterface
import Tensors

extension CPUBackend {
  /// Convolves with a weight of integers, as it was packed or as it becomes the first time.
  func convolve(
    _ arguments: ConvolutionArguments, _ stored: CPUWeight, as integers: IntegerPrecision
  ) {
    var arguments = arguments
    guard case .floats(let precision) = stored.operands else { return convolve(arguments) }
    let packed = stored.form(.integers) {
      packIntegers(
        stored.packed, precision, as: integers, outputs: arguments.outputs,
        channels: arguments.channels, taps: arguments.taps)
    }
    arguments.weight = UnsafePointer(packed.words)
    convolve(arguments)
  }

  /// The integers of a weight that is packed as numbers.
  func packIntegers(
    _ weight: CPUStorage, _ precision: OperandPrecision, as integers: IntegerPrecision,
    outputs: Int, channels: Int, taps: Int
  ) -> CPUStorage {
    let kernels = kernels
    let count = kernels.packedCount(
      outputs: outputs, channels: channels, taps: taps, operands: .integers(integers))
    return panels(of: outputs, words: count) {
      kernels.packIntegers(
        UnsafePointer(weight.words), precision, into: $0, as: integers, outputs: outputs,
        channels: channels, taps: taps, panels: $1)
    }
  }
}
