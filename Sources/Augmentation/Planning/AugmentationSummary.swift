import SegmentationDatasets

/// What a plan does to a dataset's balance, as `augment --dry-run --json` prints it.
public struct AugmentationSummary: Encodable, Sendable {
  /// Photographs in the split.
  public let originals: Int
  /// Pictures to make.
  public let generated: Int
  /// Entropy of the classes over the originals, in bits.
  public let entropyBefore: Double
  /// The same over originals and generated pictures.
  public let entropyAfter: Double
  /// Class imbalance ratio of the originals: the commonest class's share of all occurrences.
  public let imbalanceBefore: Double
  /// The same of originals and generated pictures.
  public let imbalanceAfter: Double
  /// Originals by class name.
  public let imagesPerClassBefore: [String: Int]
  /// Originals and generated pictures by class name.
  public let imagesPerClassAfter: [String: Int]
}
