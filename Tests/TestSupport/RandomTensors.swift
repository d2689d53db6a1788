public import Tensors

extension Tensor {
  /// Normal numbers that depend on the seed alone.
  public static func normal(
    _ shape: Shape, seed: UInt64, scale: Float = 1, on device: Device
  ) -> Tensor {
    var generator = TorchGenerator(seed: seed)
    return Tensor(generator.normal(count: shape.count).map { $0 * scale }, shape, on: device)
  }
}
