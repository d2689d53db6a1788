public import Tensors

/// `Windows` in `pool.slang`.
private struct Windows {
  var height, width, stride, top, left: Int32
  var countedLines, countedColumns: (Int32, Int32)
}

extension VulkanBackend {
  /// Mean or largest number of windows.
  public func pool(_ x: Tensor, into y: Tensor, _ options: PoolOptions) {
    func ends(_ range: Range<Int>) -> (Int32, Int32) {
      (Int32(range.lowerBound), Int32(range.upperBound))
    }
    dispatchMaps(
      options.kind == .mean ? "poolMean" : "poolMax", x, into: y,
      Windows(
        height: Int32(options.window.height), width: Int32(options.window.width),
        stride: Int32(options.stride), top: Int32(options.top), left: Int32(options.left),
        countedLines: ends(options.countedLines), countedColumns: ends(options.countedColumns)))
  }
}
