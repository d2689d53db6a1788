import CPUKernelInterface
public import Tensors

extension CPUBackend {
  /// Mean or largest number of windows.
  public func pool(_ x: Tensor, into y: Tensor, _ options: PoolOptions) {
    let kernels = kernels
    let arguments = PoolArguments(
      x: x.floatPointer, height: x.shape[1], width: x.shape[2], channels: x.shape[3],
      outWidth: y.shape[2], windowHeight: options.window.height, windowWidth: options.window.width,
      stride: options.stride, top: options.top, left: options.left, isMean: options.kind == .mean,
      countedLines: options.countedLines, countedColumns: options.countedColumns)
    forEachRow(of: y) { sample, row, target in
      kernels.pool(arguments, sample: sample, row: row, into: target)
    }
  }
}
