/// A line of `ledger.jsonl`: how one generated picture was made, and what was written.
public struct LedgerRecord: Codable, Sendable, Equatable {
  /// The picture's path in the output folder.
  public let image: String
  /// The mask's path in the output folder.
  public let mask: String
  /// The stem of the photograph that was repainted.
  public let source: String
  /// Which repainting of that photograph it is, from 1.
  public let copy: Int
  /// The words for the photograph's classes, in ascending order of their ids.
  public let classes: [String]
  /// What the model was asked for.
  public let prompt: String
  /// The seed of the noise.
  public let seed: UInt64
  /// Everything else that the picture depends on.
  public let settings: AugmentationSettings
  /// SHA-256 of the models' files by their place in the model.
  public let models: [String: String]
  /// SHA-256 of the source photograph's file.
  public let sourceSHA256: String
  /// The size it was painted at. It was resized to the photograph's own with Pillow's Lanczos filter.
  public var painted: PaintingSize
  /// SHA-256 of the picture's file.
  public var imageSHA256: String
  /// SHA-256 of the mask's file, which is the source's byte for byte.
  public let maskSHA256: String
}
