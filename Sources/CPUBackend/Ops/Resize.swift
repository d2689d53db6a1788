import CPUKernelInterface
public import Tensors

extension CPUBackend {
  /// Resizes maps: whole pixels are copied, or those of some lines and columns weighted.
  public func resize(_ x: Tensor, into y: Tensor, _ mode: ResizeMode, alignCorners: Bool) {
    if mode == .nearest { return resizeNearest(x, into: y) }
    let kernels = kernels
    let (height, width, channels) = (x.shape[1], x.shape[2], x.shape[3])
    let lines = Self.taps(height, y.shape[1], mode, alignCorners)
    let columns = Self.taps(width, y.shape[2], mode, alignCorners)
    let taps = mode.taps
    forEachRow(of: y) { sample, row, target in
      kernels.resize(
        x.floatPointer + sample * height * width * channels, width: width, channels: channels,
        lines: lines[row * taps..<(row + 1) * taps], columns: columns, into: target)
    }
  }

  /// The taps of all pixels of an axis, one after another.
  private static func taps(
    _ size: Int, _ count: Int, _ mode: ResizeMode, _ alignCorners: Bool
  ) -> [ResizeTap] {
    let axis = ResizeAxis(from: size, to: count, alignCorners: alignCorners)
    return (0..<count).flatMap { index in
      axis.taps(index, mode).map { ResizeTap(pixel: $0.pixel, weight: $0.weight) }
    }
  }

  private func resizeNearest(_ x: Tensor, into y: Tensor) {
    let (height, width, channels) = (x.shape[1], x.shape[2], x.shape[3])
    let rows = Self.nearest(height, y.shape[1])
    let columns = Self.nearest(width, y.shape[2])
    forEachRow(of: y) { sample, row, target in
      let source = x.floatPointer + (sample * height + rows[row]) * width * channels
      for (column, position) in columns.enumerated() {
        (target + column * channels).update(from: source + position * channels, count: channels)
      }
    }
  }

  /// For each of `count` positions the one of `size` positions that it repeats.
  private static func nearest(_ size: Int, _ count: Int) -> [Int] {
    let scale = Float(size) / Float(count)
    return (0..<count).map { min(Int(Float($0) * scale), size - 1) }
  }
}
