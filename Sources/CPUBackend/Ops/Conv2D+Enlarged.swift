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
    guard let stored = weight.storage as? CPUWeight else { return }
    var arguments = arguments(x, weight, stored.words, into: y, options)
    (arguments.outHeight, arguments.outWidth) = (arguments.height, arguments.width)
    let parities = stored.form(.parities) { sumTaps(stored.packed, arguments) }
    (arguments.kernelHeight, arguments.kernelWidth) = (2, 2)
    let count = packedCount(arguments)
    for (index, parity) in Parity.all.enumerated() {
      arguments.weight = UnsafePointer(
        parities.pointer.assumingMemoryBound(to: Word.self) + index * count)
      (arguments.top, arguments.left) = (1 - parity.y, 1 - parity.x)
      arguments.parity = parity
      convolve(arguments)
    }
  }

  private func packedCount(_ arguments: ConvolutionArguments) -> Int {
    kernels.packedCount(
      outputs: arguments.outputs, channels: arguments.channels, taps: 4,
      precision: arguments.precision)
  }

  /// The four 2×2 weights, one after another.
  private func sumTaps(_ packed: CPUStorage, _ arguments: ConvolutionArguments) -> CPUStorage {
    let (kernels, count) = (kernels, packedCount(arguments))
    let storage = take(MemoryLayout<Word>.stride * Parity.all.count * count)
    let source = UnsafePointer(packed.pointer.assumingMemoryBound(to: Word.self))
    let target = storage.pointer.assumingMemoryBound(to: Word.self)
    let panels = (arguments.outputs + kernels.tileColumns - 1) / kernels.tileColumns
    threads.forEachRange(panels, grain: 1) { range in
      for (index, parity) in Parity.all.enumerated() {
        kernels.packParity(
          source, into: target + index * count, parity, outputs: arguments.outputs,
          channels: arguments.channels, precision: arguments.precision, panels: range)
      }
    }
    return storage
  }
}
