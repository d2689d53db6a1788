public import SegmentationDatasets

/// What a plan does to a dataset's balance.
///
/// As JSON it is one object: `originals`, `generated`,
/// `entropyBefore` and `entropyAfter` in bits, `imbalanceBefore` and `imbalanceAfter`,
/// `imagesPerClassBefore` and `imagesPerClassAfter` by class name and, of a finished run, `fit`, of
/// one that is only planned, `estimate`, of one that paints instances, `instances`.
public struct AugmentationSummary: Encodable, Sendable {
  /// The originals.
  public let before: DatasetStatistics
  /// Originals and generated images together.
  public let after: DatasetStatistics
  /// How well the images of a finished run follow their masks.
  public var fit: FitSummary?
  /// What a run that is only planned would cost.
  public var estimate: RunEstimate?
  /// What a run that paints instances does to their balance.
  public var instances: InstanceBalance?

  /// How many images are made.
  public var generated: Int { after.images - before.images }

  private enum CodingKeys: String, CodingKey {
    case originals, generated, entropyBefore, entropyAfter, imbalanceBefore, imbalanceAfter
    case imagesPerClassBefore, imagesPerClassAfter, fit, estimate, instances
  }

  /// Writes one flat object.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(before.images, forKey: .originals)
    try container.encode(generated, forKey: .generated)
    try container.encode(before.entropy, forKey: .entropyBefore)
    try container.encode(after.entropy, forKey: .entropyAfter)
    try container.encode(before.imbalance, forKey: .imbalanceBefore)
    try container.encode(after.imbalance, forKey: .imbalanceAfter)
    try container.encode(before.imagesPerClassName, forKey: .imagesPerClassBefore)
    try container.encode(after.imagesPerClassName, forKey: .imagesPerClassAfter)
    try container.encodeIfPresent(fit, forKey: .fit)
    try container.encodeIfPresent(estimate, forKey: .estimate)
    try container.encodeIfPresent(instances, forKey: .instances)
  }
}
