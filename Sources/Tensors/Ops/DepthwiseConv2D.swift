extension Tensor {
  /// Convolves every channel with a kernel of its own; see ``conv2D(_:_:)``.
  ///
  /// - Parameter taps: `[height · width, C]`.
  func depthwiseConv2D(
    _ weight: PackedWeight, taps: Tensor, into y: Tensor, _ options: Conv2DOptions
  ) {
    precondition(dtype == .float32, "conv2D: channels by themselves are not convolved in \(dtype)")
    var plain = options
    plain.enlargement = nil
    let x = options.enlargement.map { resize(to: $0, .nearest) } ?? self
    device.backend.depthwiseConv2D(x, weight, taps: taps, into: y, plain)
  }
}
