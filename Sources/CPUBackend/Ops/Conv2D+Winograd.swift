import CPUKernelInterface
import Tensors

extension CPUBackend {
  /// Channels below which the transforms cost more than the products saved.
  private static var leastChannels: Int { 64 }

  /// Pixels of a map from which on the four times larger weights, kept beside the packed ones, are
  /// worth their memory.
  ///
  /// Maps of 32×32 in Stable Diffusion 1.5 would take 0.8 GB and save 7 % of a step; the half of it
  /// that windows of up to 640×640 channels save takes a third of that. Where direct products of bf16
  /// take half the time, these save nothing.
  private func leastPixels(_ weight: PackedWeight) -> Int {
    if winogradOperands(weight.precision) == .fixedPoint { return 1024 }
    let isSmall = weight.inputs * weight.outputs <= 640 * 640
    return isSmall && !hasFastOperands(weight.precision) ? 1024 : 2048
  }

  /// Pixels of a map from which on transforming the weights anew costs less than 2 % of the
  /// convolution, and is rather done than four times their memory kept.
  private static var pixelsOfTransience: Int { 128 * 128 }

  /// Whether direct products take half the time of those of single precision.
  private func hasFastOperands(_ precision: ProductPrecision) -> Bool {
    precision == .bfloat16 && kernels.hasFastBFloat16
  }

  /// What Winograd's products are made of. Those of integers round as direct products of bf16 do, so
  /// that nothing is lost where these were asked for, or less.
  private func winogradOperands(_ precision: ProductPrecision) -> WinogradOperands {
    precision != .float32 && hasFastProducts(in: .int16) ? .fixedPoint : .single
  }

  /// Whether a convolution is one that Winograd's form makes faster. The choice depends on nothing but
  /// the shapes of one sample, so that a batch changes no result.
  func takesWinograd(
    _ weight: PackedWeight, _ options: Conv2DOptions, _ arguments: ConvolutionArguments
  ) -> Bool {
    usesWinograd && weight.kernelHeight == 3 && weight.kernelWidth == 3 && options.stride == 1
      && options.dilation == 1 && options.padding == Padding(1) && weight.inputs % 16 == 0
      && min(weight.inputs, weight.outputs) >= Self.leastChannels
      && arguments.outHeight * arguments.outWidth >= leastPixels(weight)
  }

  /// Convolves blocks of tiles by Winograd's F(4×4, 3×3).
  func convolveWinograd(
    _ arguments: ConvolutionArguments, _ stored: CPUWeight, _ precision: ProductPrecision
  ) {
    let (kernels, operands) = (kernels, winogradOperands(precision))
    let isTransient = arguments.outHeight * arguments.outWidth >= Self.pixelsOfTransience
    let weight =
      isTransient
      ? transform(stored, arguments, operands)
      : stored.form(.winograd) { transform(stored, arguments, operands) }
    let pointer = UnsafePointer(weight.words)
    let count = kernels.winogradTileCount(arguments)
    let tiles = blockTiles(count, channels: arguments.channels)
    threads.forEach(
      (count + tiles - 1) / tiles,
      scratchBytes: kernels.winogradScratch(
        tiles: tiles, channels: arguments.channels, operands: operands)
    ) { part, scratch in
      kernels.convolveWinograd(
        arguments, weight: pointer, operands: operands,
        tiles: part * tiles..<min((part + 1) * tiles, count),
        scratch: scratch)
    }
    withExtendedLifetime(weight) {}
  }

  /// Tiles of a block: enough to pay for reading all weights, few enough to stay in the cache and to
  /// keep all threads busy.
  private func blockTiles(_ count: Int, channels: Int) -> Int {
    let groups = channels > 960 || count < 48 * 8 * threads.count ? 2 : 4
    return groups * kernels.tileRows
  }

  /// A weight in Winograd's form.
  private func transform(
    _ stored: CPUWeight, _ arguments: ConvolutionArguments, _ operands: WinogradOperands
  ) -> CPUStorage {
    let (kernels, weight) = (kernels, panels(stored, arguments))
    let count = kernels.winogradPackedCount(
      outputs: weight.outputs, channels: weight.channels, operands: operands)
    return panels(of: weight.outputs, words: count) {
      kernels.packWinograd(weight, into: $0, as: operands, panels: $1)
    }
  }
}
