/// What a generator says of itself that decides what its images look like, beside settings and models' files.
///
/// The ledger has it in every setup, and one run has one of it: images of another one differ by more than
/// rounding, or by a rounding that somebody chose.
public struct GeneratorTraits: Codable, Sendable, Equatable {
  /// The kind of device that the model runs on, such as `cpu`; nil for a generator without one.
  public var device: String?
  /// What its products are computed in, such as `fp32`.
  public var precision: String?
  /// The sampling method's name, such as `euler`.
  public var scheduler: String?
  /// How instances are painted anew, such as `inpainting`; nil where they are not.
  public var instances: String?

  /// Collects what a generator says; nil for what it cannot.
  public init(
    device: String? = nil, precision: String? = nil, scheduler: String? = nil,
    instances: String? = nil
  ) {
    self.device = device
    self.precision = precision
    self.scheduler = scheduler
    self.instances = instances
  }

  /// The same, with what is not said taken from another one.
  func completed(by other: GeneratorTraits) -> GeneratorTraits {
    GeneratorTraits(
      device: device ?? other.device, precision: precision ?? other.precision,
      scheduler: scheduler ?? other.scheduler, instances: instances ?? other.instances)
  }
}
