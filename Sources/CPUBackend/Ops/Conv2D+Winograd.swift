import CPUKernelInterface
import TensorCore

extension CPUBackend {
  /// Pixels of a map below which the four times larger weights, kept beside the packed ones, take more
  /// memory than the time saved is worth: maps of 32×32 in Stable Diffusion 1.5 would cost 1 GB and
  /// save a tenth of a step.
  private static var winogradPixels: Int { 2048 }
  /// Channels below which the transforms cost more than the products saved.
  private static var winogradChannels: Int { 64 }

  /// Whether a convolution is one that Winograd's form makes faster. The choice depends on nothing but
  /// the shapes of one sample, so that a batch changes no result.
  func takesWinograd(
    _ weight: PackedWeight, _ options: Conv2DOptions, _ arguments: ConvolutionArguments
  ) -> Bool {
    usesWinograd && weight.kernelHeight == 3 && weight.kernelWidth == 3 && options.stride == 1
      && options.padding == Padding(1) && weight.inputs % 16 == 0
      && min(weight.inputs, weight.outputs) >= Self.winogradChannels
      && arguments.outHeight * arguments.outWidth >= Self.winogradPixels
  }

  /// Convolves blocks of tiles by Winograd's F(4×4, 3×3).
  func convolveWinograd(_ arguments: ConvolutionArguments, _ stored: CPUWeight) {
    let kernels = kernels
    let weight = stored.form(.winograd) { transform(stored.packed, arguments) }
    let pointer = UnsafePointer(weight.pointer.assumingMemoryBound(to: Float.self))
    let count = kernels.winogradTileCount(arguments)
    let tiles = blockTiles(count, channels: arguments.channels)
    threads.forEach(
      (count + tiles - 1) / tiles,
      scratchBytes: kernels.winogradScratch(tiles: tiles, channels: arguments.channels)
    ) { part, scratch in
      kernels.convolveWinograd(
        arguments, weight: pointer, tiles: part * tiles..<min((part + 1) * tiles, count),
        scratch: scratch)
    }
  }

  /// Tiles of a block: enough to pay for reading all weights, few enough to stay in the cache and to
  /// keep all threads busy.
  private func blockTiles(_ count: Int, channels: Int) -> Int {
    let groups = channels > 960 || count < 48 * 8 * threads.count ? 2 : 4
    return groups * kernels.tileRows
  }

  private func transform(
    _ packed: CPUStorage, _ arguments: ConvolutionArguments
  ) -> CPUStorage {
    let kernels = kernels
    let (outputs, channels) = (arguments.outputs, arguments.channels)
    let storage = memory.take(
      MemoryLayout<Float>.stride
        * kernels.winogradPackedCount(outputs: outputs, channels: channels))
    let source = UnsafePointer(packed.pointer.assumingMemoryBound(to: Float.self))
    let target = storage.pointer.assumingMemoryBound(to: Float.self)
    let panels = (outputs + kernels.tileColumns - 1) / kernels.tileColumns
    threads.forEachRange(panels, grain: 1) { range in
      kernels.packWinograd(
        source, into: target, outputs: outputs, channels: channels,
        precision: arguments.precision, panels: range)
    }
    return storage
  }
}
