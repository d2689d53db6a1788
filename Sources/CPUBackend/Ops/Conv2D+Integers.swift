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
        stored.words, precision, outputs: arguments.outputs, channels: arguments.channels,
        taps: arguments.taps)
    }
    arguments.weight = UnsafePointer(packed.pointer.assumingMemoryBound(to: Word.self))
    convolve(arguments)
  }

  /// The integers of a weight that is packed as numbers.
  func integers(
    _ weight: UnsafePointer<Word>, _ precision: OperandPrecision, outputs: Int, channels: Int,
    taps: Int
  ) -> CPUStorage {
    let kernels = kernels
    return panels(outputs: outputs, channels: channels, taps: taps, .int8) {
      kernels.packIntegers(
        weight, precision, into: $0, outputs: outputs, channels: channels, taps: taps, panels: $1)
    }
  }
}
