import Tensors

/// `Maps` in `maps.slang`.
private struct Maps {
  var x, y: UInt64
  var count, threads: UInt32
  var height, width, channels, outHeight, outWidth, outChannels: UInt32
}

extension VulkanBackend {
  /// Records a shader that makes a feature map of another one.
  ///
  /// - Parameter parameters: What the shader takes behind the maps.
  func dispatchMaps<Parameters>(
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
