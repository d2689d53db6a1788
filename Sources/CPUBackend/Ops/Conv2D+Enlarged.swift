import CPUKernelInterface
import Tensors

extension CPUBackend {
  /// Whether a convolution of an enlarged map can read the small one.
  func readsSmallMap(
    _ x: Tensor, _ weight: PackedWeight, _ options: Conv2DOptions, _ size: MapSize
  ) -> Bool {
    (blas == nil || weight.precision != .float32)
      && size == MapSize(height: 2 * x.shape[1], width: 2 * x.shape[2])
      && weight.kernelHeight == 3 && weight.kernelWidth == 3 && options.stride == 1
      && options.dilation == 1 && options.padding == Padding(1)
  }

  /// Convolves a map of twice the height and width without making it: in Winograd's form, with 1/4 of the products, or
  /// else as four 2×2 convolutions of the small map, one for the pixels of each parity, with 4/9.
  func convolveEnlarged(
    _ x: Tensor, _ weight: PackedWeight, into y: Tensor, _ options: Conv2DOptions
  ) {
    let stored = stored(weight)
    var arguments = arguments(x, weight, stored.words, into: y, options)
    // Where there are instructions for them, products of eight bits take half the time of Winograd's sixteen.
    let hasFasterProducts = weight.precision == .int8 && hasFastProducts(in: .int8)
    if !hasFasterProducts && takesWinograd(weight, options, arguments) {
      arguments.isEnlarged = true
      return convolveWinograd(arguments, stored, weight.precision)
    }
    convolveParities(&arguments, stored)
  }

  private func convolveParities(_ arguments: inout ConvolutionArguments, _ stored: CPUWeight) {
    guard case .floats(let precision) = stored.operands else {
      preconditionFailure("a window's weight is packed as numbers")
    }
    (arguments.outHeight, arguments.outWidth) = (arguments.height, arguments.width)
    let parities = stored.form(.parities) {
      let numbers = Parity.all.map { sumTaps(stored.words, precision, $0, arguments) }
      guard case .integers(let integers) = arguments.operands else { return numbers }
      return numbers.map {
        packIntegers(
          $0, precision, as: integers, outputs: arguments.outputs, channels: arguments.channels,
          taps: 4)
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
