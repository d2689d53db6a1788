public import TensorCore

private struct Maps {
  var x, y: UInt64
  var count, threads: UInt32
  var height, width, channels, outHeight, outWidth, outChannels: UInt32
}

extension VulkanBackend {
  /// Nearest-neighbour enlargement.
  public func upsampleNearest(_ x: Tensor, into y: Tensor) {
    // Divided here: a device may round quotients in its own way.
    let scales = (
      Float(x.shape[1]) / Float(y.shape[1]), Float(x.shape[2]) / Float(y.shape[2])
    )
    dispatchMaps("upsampleNearest", x, into: y, scales)
  }

  /// Mean over 2×2 windows, cut off at an odd border.
  public func averagePool(_ x: Tensor, into y: Tensor) {
    dispatchMaps("averagePool", x, into: y, ())
  }

  /// Moves blocks of pixels into channels.
  public func pixelUnshuffle(_ x: Tensor, into y: Tensor, factor: Int) {
    dispatchMaps("pixelUnshuffle", x, into: y, UInt32(factor))
  }

  /// Writes zeros between the pixels.
  public func insertZeros(_ x: Tensor, into y: Tensor, stride: Int) {
    dispatchMaps("insertZeros", x, into: y, UInt32(stride))
  }

  private func dispatchMaps<Parameters>(
    _ shader: String, _ x: Tensor, into y: Tensor, _ parameters: Parameters
  ) {
    if y.shape.count == 0 { return }
    let grid = Grid(elements: y.shape.count)
    let maps = Maps(
      x: x.address(), y: y.address(), count: UInt32(y.shape.count), threads: grid.elementStride,
      height: UInt32(x.shape[1]), width: UInt32(x.shape[2]), channels: UInt32(x.shape[3]),
      outHeight: UInt32(y.shape[1]), outWidth: UInt32(y.shape[2]), outChannels: UInt32(y.shape[3]))
    dispatch(
      shader, (maps, parameters), grid, reads: [x.range], writes: [y.range],
      Work(operation: shader, result: y.shape))
  }
}
