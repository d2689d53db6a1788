import Foundation

/// A line of `ledger.jsonl`: how one generated image was made, and what was written.
public struct LedgerRecord: Codable, Sendable, Equatable {
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
  /// Everything else that the image depends on.
  public let settings: AugmentationSettings
  /// SHA-256 of the models' files by their place in the model.
  public let models: [String: String]
  /// SHA-256 of the source photograph's file.
  public let sourceSHA256: String?
  /// The size it was painted at. It was resized to the photograph's own with Pillow's Lanczos filter,
  /// unless the settings keep the painted size.
  public var painted: GenerationSize
  /// What painted it, such as `CPU (AVX-512 with bf16)`; nil in a ledger that does not say.
  ///
  /// This is no part of what makes a run the same run: another machine may go on with it, whose images differ
  /// by rounding from those that the first one would have painted.
  public var paintedOn: String?
  /// What the generator said of its device, its precision and its sampling method.
  public var generator: GeneratorTraits?
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

extension LedgerRecord {
  /// The ledger's name in the output folder.
  package static let file = "ledger.jsonl"

  /// The stem of image and mask.
  package var name: String { stem ?? Self.stem(of: image) }

  /// The paths of what was written, and the SHA-256 of each.
  var files: [(path: String, sha256: String)] {
    let labelled = [(image, imageSHA256), (mask, maskSHA256)]
    // Instances without a hash are no file that was written.
    return labelled + (instances.map { [($0, instancesSHA256 ?? "")] } ?? [])
  }

  /// The name of an image's file.
  static func stem(of path: String) -> String {
    URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
  }

  /// Makes this the record of a later attempt, from 1, which starts from other noise.
  mutating func attempt(_ number: Int) {
    attempt = number
    seed = ImageSeed.seed(run: settings.seed, stem: source, copy: copy, attempt: number)
    repainted = repainted?.map { $0.seeded(by: seed) }
  }
}
