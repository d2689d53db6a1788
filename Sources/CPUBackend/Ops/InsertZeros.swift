public import Tensors

extension CPUBackend {
  /// Writes zeros between the pixels.
  public func insertZeros(_ x: Tensor, into y: Tensor, stride: Int) {
    let channels = x.shape[3]
    forEachRow(of: y) { sample, row, target in
      target.update(repeating: 0, count: y.shape[2] * channels)
      guard row % stride == 0 else { return }
      let source = x.floatPointer + (sample * x.shape[1] + row / stride) * x.shape[2] * channels
      for column in 0..<x.shape[2] {
        (target + column * stride * channels)
          .update(from: source + column * channels, count: channels)
      }
    }
  }
}
