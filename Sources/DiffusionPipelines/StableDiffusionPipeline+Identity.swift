import TensorCore

extension StableDiffusionPipeline {
  /// What the device computes with; the number of threads is no part of it.
  public var identity: String { device.backend.identity }
}
