import CPUKernelInterface
public import Tensors

extension CPUBackend {
  /// Product of two tensors: runs along which the second one goes on or stands still.
  public func multiply(_ x: Tensor, _ operand: Tensor, into y: Tensor, _ broadcast: Broadcast) {
    let kernels = kernels
    let (source, other, target) = (x.floatPointer, operand.floatPointer, y.floatPointer)
    let (run, step) = (broadcast.extents[Broadcast.rank - 1], broadcast.strides[Broadcast.rank - 1])
    threads.forEachRange(y.shape.count, grain: Self.grain) { range in
      var position = range.lowerBound
      while position < range.upperBound {
        let count = min(range.upperBound - position, run - position % run)
        let factor = other + broadcast.place(of: position)
        if step == 0 {
          kernels.scaledAdd(
            source + position, into: target + position, count: count, scale: factor.pointee,
            accumulates: false)
        } else {
          kernels.multiply(source + position, factor, into: target + position, count: count)
        }
        position += count
      }
    }
  }
}
