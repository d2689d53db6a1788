/// What a ledger says of one image alone: which it is, and what was written.
public struct LedgerEntry: Codable, Sendable, Equatable {
  /// The image's path in the output folder.
  public let image: String
  /// The mask's path in the output folder.
  public let mask: String
  /// The instance mask's path in the output folder; nil where there is none.
  public var instances: String?
  /// The name of image and mask, where their files' is longer; nil where it is that of the image's file.
  public let stem: String?
  /// The stem of the photograph that it was made from; nil for an image that was made from none.
  public let source: String?
  /// Which image of that photograph it is, from 1.
  public let copy: Int
  /// The words for the classes that it was to show, in ascending order of their ids.
  public let classes: [String]
  /// What the model was asked for.
  public let prompt: String
  /// The seed of the noise.
  public var seed: UInt64
  /// The source's instances that were painted anew, each with a seed of its own; nil where the image was painted as a whole.
  public var repainted: [RepaintedInstance]?
  /// SHA-256 of the source photograph's file.
  public let sourceSHA256: String?
  /// The size it was painted at. It was resized to the photograph's own with Pillow's Lanczos filter,
  /// unless the settings keep the painted size.
  public var painted: GenerationSize
  /// SHA-256 of the image's file.
  public var imageSHA256: String
  /// SHA-256 of the mask's file: a repainting's is its source's byte for byte unless the settings keep the
  /// painted size.
  public var maskSHA256: String
  /// SHA-256 of the instance mask's file.
  public var instancesSHA256: String?
  /// Which attempt it is, from 1 for the second one; nil for the first.
  public var attempt: Int?
  /// How well the image follows its mask, from 0 for not at all to about 1; nil where that cannot be told, and
  /// in ledgers of versions that did not measure it.
  public var fit: Double?
}
