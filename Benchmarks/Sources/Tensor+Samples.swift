import TensorCore

extension Tensor {
  /// Small numbers of both signs: none is a zero or a subnormal, which could take another time.
  static func samples(_ shape: Shape, on device: Device) -> Tensor {
    Tensor((0..<shape.count).map { Float($0 % 17) * 0.01 - 0.0751 }, shape, on: device)
  }
}
