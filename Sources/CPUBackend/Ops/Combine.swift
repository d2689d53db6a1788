import CPUKernelInterface
public import Tensors

extension CPUBackend {
  /// Sum of tensors scaled by the elements of another one.
  public func combine(_ tensors: [Tensor], coefficients: Tensor, into y: Tensor) {
    if memory.failure.isSet { return }
    let scales = UnsafeBufferPointer(start: coefficients.floatPointer, count: tensors.count)
    let terms = zip(scales, tensors).filter { $0.0 != 0 }
    if terms.isEmpty {
      y.floatPointer.update(repeating: 0, count: y.shape.count)
    } else {
      combine(terms.map { (scale: $0.0, tensor: $0.1) }, into: y)
    }
  }

  /// Sum of scaled tensors; shorter ones are repeated.
  public func combine(_ terms: [(scale: Float, tensor: Tensor)], into y: Tensor) {
    let kernels = kernels
    let target = y.floatPointer
    let sources = terms.map { (scale: $0.scale, $0.tensor.floatPointer, $0.tensor.shape.count) }
    // Blocks small enough to stay in the cache while the terms are added one after another.
    let block = 4096
    let blocks = (y.shape.count + block - 1) / block
    threads.forEachRange(blocks, grain: Self.grain / block) { range in
      for start in stride(from: range.lowerBound * block, to: range.upperBound * block, by: block) {
        let end = min(start + block, y.shape.count)
        for (index, (scale, source, period)) in sources.enumerated() {
          var position = start
          while position < end {
            let run = min(end - position, period - position % period)
            kernels.scaledAdd(
              source + position % period, into: target + position, count: run, scale: scale,
              accumulates: index > 0)
            position += run
          }
        }
      }
    }
  }
}
