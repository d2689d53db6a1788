import DiffusionModels
import NoiseSchedulers
import Tensors

/// What images depend on beside their requests and settings, in words.
extension StableDiffusionPipeline {
  /// What the device computes with; the number of threads is no part of it.
  public var identity: String { device.backend.identity }

  /// The kind of device, such as `cpu`.
  public var deviceKind: String { device.backend.kind }

  /// What products are computed in, such as `fp32`.
  public var precisionName: String { unet.precision.rawValue }

  /// The sampling method, such as `euler`.
  public var schedulerName: String { scheduler.kind.rawValue }
}
