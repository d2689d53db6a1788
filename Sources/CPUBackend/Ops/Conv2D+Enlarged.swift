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
    let (weight, operands) = (panels(stored, arguments), arguments.operands)
    let parities = stored.form(.parities) { Parity.all.map { sumTaps(weight, $0, operands) } }
    (arguments.outHeight, arguments.outWidth) = (arguments.height, arguments.width)
    (arguments.kernelHeight, arguments.kernelWidth) = (2, 2)
    for (parity, packed) in zip(Parity.all, parities) {
      arguments.weight = UnsafePointer(packed.words)
      (arguments.top, arguments.left) = (1 - parity.y, 1 - parity.x)
      arguments.parity = parity
      convolve(arguments)
    }
  }

  /// The 2×2 weight of the pixels of one parity.
  private func sumTaps(_ weight: WeightPanels, _ parity: Parity, _ operands: ProductOperands)
    -> CPUStorage
  {
    let kernels = kernels
    return panels(of: weight.outputs, channels: weight.channels, taps: 4, operands) {
      kernels.packParity(weight, into: $0, parity, as: operands, panels: $1)
    }
  }
}
