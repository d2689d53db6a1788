import DiffusionPipelines
import DurableFiles
import Faults
public import Foundation
public import SegmentationDatasets

/// Which images a run makes, decided before anything is read or painted.
public struct AugmentationPlan: Sendable {
  /// The dataset's folder.
  public let root: URL
  /// The dataset's photographs, in the order of its split.
  public let sources: [AugmentationSource]
  /// The images to make, in the order in which they are made.
  public let pictures: [PlannedImage]
  /// What decided them.
  public let settings: AugmentationSettings
  /// What is wrong with the photographs that are left out.
  public let skipped: [DatasetProblem]
  /// What the user should know, a sentence each.
  public let notices: [String]
  /// Where the dataset's files are, and those of the larger dataset will be.
  let layouts: LayoutPair
  /// What the ids in the masks mean.
  public let classes: ClassList
  /// How the photographs' files are read.
  let reader: SegmentationDataset.Reader

  /// Plans the augmentation of a dataset, whose photographs and masks are all read and checked for it.
  ///
  /// - Parameters:
  ///   - dataset: The photographs, in the order of their split.
  ///   - captions: What the photographs show; simple prompts stand in where there is none.
  ///   - settings: How many images to make, and how.
  ///   - layout: That of the larger dataset; nil for the dataset's own or, where that is only read, `coco`.
  ///   - skippingInvalid: Whether to go on without photographs that cannot be used.
  ///   - output: The folder of a run that may have been begun. If that was on these very files, which their hashes say, the
  ///     photographs were decoded then, and are not again.
  ///   - check: Called between two files, on any thread; what it throws ends the planning.
  /// - Throws: `DatasetError` with all that is wrong with the files; ``AugmentationError`` when the
  ///   settings contradict each other, no photograph has a labelled class, or the captions belong to
  ///   other photographs.
  public init(
    dataset: SegmentationDataset, captions: Captions?, settings: AugmentationSettings,
    writing layout: (any DatasetLayout)? = nil, skippingInvalid: Bool = false,
    resumingIn output: URL? = nil, check: @Sendable () throws -> Void = {}
  ) throws {
    try settings.validate()
    let scanned = try ScannedSources(
      of: dataset, settings, skippingInvalid: skippingInvalid, resumingIn: output, check: check)
    try self.init(
      sources: scanned.sources, root: dataset.root, layout: dataset.layout, writing: layout,
      classes: dataset.classes, captions: captions, settings: settings, skipped: scanned.skipped,
      notices: scanned.notices, reader: dataset.reader)
  }

  /// Plans a run on photographs whose classes are known already.
  ///
  /// - Parameters:
  ///   - images: What to make; nil for repaintings that the settings ask for.
  ///   - notices: What the user should know about the photographs.
  package init(
    sources: [AugmentationSource], root: URL, layout: any DatasetLayout = VOCLayout(),
    writing output: (any DatasetLayout)? = nil, classes: ClassList, captions: Captions?,
    settings: AugmentationSettings,
    pictures: [PlannedImage]? = nil, skipped: [DatasetProblem] = [], notices: [String] = [],
    reader: @escaping SegmentationDataset.Reader = readFile
  ) throws {
    try settings.validate(for: classes)
    self.root = root
    layouts = try LayoutPair(from: layout, to: output ?? layout, classes: classes)
    self.sources = sources
    self.settings = settings
    self.classes = classes
    self.skipped = skipped
    self.reader = reader
    self.pictures =
      try pictures ?? Self.repaintings(of: sources, classes, captions: captions, settings)
    self.notices =
      try notices
      + (settings.instances.map { Self.notices(onInstancesOf: sources, $0) }
        ?? Self.notices(on: captions, of: sources, settings.promptStyle))
  }
}

extension AugmentationPlan {
  /// How many of the images are asked for; the others are painted so that the best can be kept.
  public var wanted: Int {
    settings.oversampling.map { Int((Double(pictures.count) / $0).rounded()) } ?? pictures.count
  }

  /// The layout of the larger dataset.
  public var layout: any DatasetLayout { layouts.to }

  /// What the plan does to the dataset's balance.
  public var summary: AugmentationSummary { summary(keeping: Set(pictures.map(\.name))) }

  /// What some of the images do to the dataset's balance.
  ///
  /// - Parameter names: The images' names without extension.
  public func summary(keeping names: Set<String>) -> AugmentationSummary {
    let originals = sources.map(\.classes)
    let kept = pictures.filter { names.contains($0.name) }
    return AugmentationSummary(
      before: DatasetStatistics(of: originals, classes: classes),
      after: DatasetStatistics(of: originals + kept.map(\.classIDs), classes: classes),
      instances: InstanceBalance(of: self, keeping: names))
  }

  /// SHA-256 over the originals' names and what the images are called and asked for.
  ///
  /// It is that of the JSON of all names and texts, which goes through a piece at a time: as a whole it would take more
  /// memory than the plan.
  func digest() throws -> String {
    let encoder = JSONEncoder.stable
    var hash = SHA256()
    hash.update(Data("[".utf8).span)
    hash.update(try encoder.encode(sources.map(\.stem)).span)
    for picture in pictures {
      hash.update(Data(",".utf8).span)
      let instances = picture.repainted?.map { "\($0.instance)" } ?? []
      hash.update(
        try encoder.encode([picture.name, picture.prompt] + picture.classes + instances).span)
    }
    hash.update(Data("]".utf8).span)
    return hash.hexadecimal()
  }

  /// One SHA-256 over all files of the sources, in their order.
  var sourceDigest: String { Self.digest(of: sources) }

  static func digest(of sources: [AugmentationSource]) -> String {
    var hash = SHA256()
    for hashes in sources.map(\.hashes) {
      for text in [hashes.image, hashes.mask, hashes.instances ?? ""] {
        hash.update(Array(text.utf8).span)
      }
    }
    return hash.hexadecimal()
  }
}
