import CPUKernelInterface
import Tensors

extension CPUBackend {
  /// Whether a convolution of an enlarged map can be done as four of the small one.
  func canSplit(
    _ x: Tensor, _ weight: PackedWeight, _ options: Conv2DOptions, _ size: MapSize
  ) -> Bool {
    (blas == nil || weight.precision != .float32)
      && size == MapSize(height: 2 * x.shape[1], width: 2 * x.shape[2])
      && weight.kernelHeight == 3 && weight.kernelWidth == 3 && options.stride == 1
      && options.dilation == 1 && options.padding == Padding(1)
  }

  /// Convolves a map of twice the height and width without making it: its pixels of each parity are a
  /// 2×2 convolution of the small one, 4/9 of the products.
  func convolveEnlarged(
    _ x: Tensor, _ weight: PackedWeight, into y: Tensor, _ options: Conv2DOptions
  ) {
    let stored = stored(weight)
    guard case .floats(let precision) = stored.operands else {
      preconditionFailure("a window's weight is packed as numbers")
    }
    var arguments = arguments(x, weight, stored.words, into: y, options)
    (arguments.outHeight, arguments.outWidth) = (arguments.height, arguments.width)
    let parities = stored.form(.parities) {
      let numbers = Parity.all.map { sumTaps(stored.words, precision, $0, arguments) }
      return arguments.operands != .int8
        ? numbers
        : numbers.map {
          integers(
            of: $0, precision, outputs: arguments.outputs, channels: arguments.channels, taps: 4)
        }
    }
    (arguments.kernelHeight, arguments.kernelWidth) = (2, 2)
    for (parity, packed) in zip(Parity.all, parities) {
      arguments.weight = UnsafePointer(packed.words)
      (arguments.top, arguments.left) = (1 - parity.y, 1 - parity.x)
      arguments.parity = parity
      convolve(arguments)
    }
  }

  /// The 2×2 weight of the pixels of one parity.
  private func sumTaps(
    _ weight: UnsafePointer<Word>, _ precision: OperandPrecision, _ parity: Parity,
    _ arguments: ConvolutionArguments
  ) -> CPUStorage {
    let (kernels, outputs, channels) = (kernels, arguments.outputs, arguments.channels)
    let count = kernels.packedCount(
      outputs: outputs, channels: channels, taps: 4, operands: .floats(precision))
    return panels(of: outputs, words: count) {
      kernels.packParity(
        weight, into: $0, parity, outputs: outputs, channels: channels, precision: precision,
        panels: $1)
    }
  }
}
