public import DiffusionPipelines
import DurableFiles
public import Foundation
public import ImageFiles
public import SegmentationDatasets

/// A labelled photograph that images may be made from.
public struct AugmentationSource: Sendable, Equatable {
  /// The files.
  public let entry: SegmentationDataset.Entry
  /// The classes in the mask; neither background nor ignored ids.
  public let classes: Set<UInt8>
  /// The same in the order in which prompts name them.
  public let classOrder: [UInt8]
  /// The photograph's upright size.
  public let size: ImageSize
  /// SHA-256 of the files, as they were when the run was planned.
  public let hashes: EntryHashes
  /// Where its instances are, in the order of their numbers; empty where they are not asked for.
  public let instances: [InstanceExtent]

  /// Describes a labelled photograph.
  ///
  /// - Parameters:
  ///   - classOrder: The classes as prompts name them; nil for ascending ids.
  ///   - instances: Where its instances are, of a run that paints them.
  public init(
    _ entry: SegmentationDataset.Entry, classes: Set<UInt8>, classOrder: [UInt8]? = nil,
    size: ImageSize, hashes: EntryHashes, instances: [InstanceExtent] = []
  ) {
    self.entry = entry
    self.classes = classes
    self.classOrder = classOrder ?? classes.sorted()
    self.size = size
    self.hashes = hashes
    self.instances = instances
  }

  /// The name of the files without extension.
  public var stem: String { entry.stem }
  /// The photograph's file.
  public var photograph: URL { entry.image }
  /// Where its labels are.
  public var mask: LabelSource { entry.mask }
}

/// An image that a run is to make.
public struct PlannedImage: Sendable, Equatable {
  /// The index of its source in the plan; nil for an image that is made from none.
  public let source: Int?
  /// Which image of that source, or without one, it is, from 1.
  public let copy: Int
  /// The name of image and mask without extension: `<stem>_<copy>` where there is a source.
  public let name: String
  /// The ids of the classes that it is to show: its source's.
  public let classIDs: Set<UInt8>
  /// The words for them, in ascending order of their ids.
  public let classes: [String]
  /// What the model is asked for.
  public let prompt: String
  /// The seed of its noise.
  public let seed: UInt64
  /// Where it begins; nil for where all images of its run do.
  public let start: Start?
  /// The instances of its source that are painted anew; nil where it is painted as a whole.
  public let repainted: [RepaintedInstance]?

  /// Plans an image.
  public init(
    source: Int?, copy: Int, name: String, classIDs: Set<UInt8>, classes: [String], prompt: String,
    seed: UInt64, start: Start? = nil, repainted: [RepaintedInstance]? = nil
  ) {
    self.source = source
    self.copy = copy
    self.name = name
    self.classIDs = classIDs
    self.classes = classes
    self.prompt = prompt
    self.seed = seed
    self.start = start
    self.repainted = repainted
  }
}

/// The seed of one image, which depends on the run's seed, the source, the image's number and the
/// attempt only: never on the order, the batch or the other images of a run.
enum ImageSeed {
  /// The first 53 bits of SHA-256 over the two numbers, big-endian in 8 bytes each, and the stem.
  ///
  /// 53 bits survive every JSON reader that holds numbers as doubles, so the ledger's seed can be used
  /// as it stands. From the second attempt on, a zero byte, which no stem has, and the attempt's number
  /// follow.
  ///
  /// - Parameters:
  ///   - stem: The source's; nil, which counts as empty, for an image without one.
  ///   - attempt: From 0.
  static func seed(run: UInt64, stem: String?, copy: Int, attempt: Int = 0) -> UInt64 {
    var hash = SHA256()
    for number in [run, UInt64(copy)] {
      hash.update(number.bigEndianBytes.span)
    }
    // Numbers come first and have a fixed length, so no two triples give the same bytes.
    hash.update(Array((stem ?? "").utf8).span)
    if attempt > 0 { hash.update(([0] + UInt64(attempt).bigEndianBytes).span) }
    return number(hash.finalize())
  }

  /// The seed of an instance that is painted in an image: of SHA-256 over the image's seed and the instance's number.
  static func seed(ofInstance instance: UInt8, in image: UInt64) -> UInt64 {
    var hash = SHA256()
    for number in [image, UInt64(instance)] { hash.update(number.bigEndianBytes.span) }
    return number(hash.finalize())
  }

  private static func number(_ digest: [UInt8]) -> UInt64 {
    digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } >> 11
  }
}
