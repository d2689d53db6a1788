import Faults
public import Foundation
public import SegmentationDatasets

/// Which pictures a run makes, decided before anything is read or painted.
public struct AugmentationPlan: Sendable {
  /// The dataset's folder.
  public let root: URL
  /// The dataset's photographs, in the order of its split.
  public let sources: [AugmentationSource]
  /// The pictures to make, in the order in which they are made.
  public let pictures: [PlannedPicture]
  /// What decided them.
  public let settings: AugmentationSettings
  /// What is wrong with the photographs that are left out.
  public let skipped: [DatasetProblem]
  /// What the user should know, a sentence each.
  public let notices: [String]
  /// What the ids in the masks mean.
  private let classes: ClassList

  /// Plans the augmentation of a dataset, whose photographs and masks are all read and checked for it.
  ///
  /// - Parameters:
  ///   - dataset: The photographs, in the order of their split.
  ///   - captions: What the photographs show; simple prompts stand in where there is none.
  ///   - settings: How many pictures to make, and how.
  ///   - skippingInvalid: Whether to go on without photographs that cannot be used.
  ///   - check: Called between two files, on any thread; what it throws ends the planning.
  /// - Throws: `DatasetError` with all that is wrong with the files; ``AugmentationError`` when the
  ///   settings contradict each other, no photograph has a labelled class, or the captions belong to
  ///   other photographs.
  public init(
    dataset: VOCDataset, captions: Captions?, settings: AugmentationSettings,
    skippingInvalid: Bool = false, check: @Sendable () throws -> Void = {}
  ) throws {
    try settings.validate()
    let scan = try dataset.scan(requiring: settings.require, check: check)
    let skipped = try scan.settle(skippingInvalid: skippingInvalid)
    let sources = dataset.entries.compactMap { entry in
      scan.classes[entry.stem].map {
        AugmentationSource(
          stem: entry.stem, photograph: entry.image, mask: entry.mask, classes: $0)
      }
    }
    try self.init(
      sources: sources, root: dataset.root, classes: dataset.classes, captions: captions,
      settings: settings, skipped: skipped, notices: scan.notices)
  }

  /// Plans a run on photographs whose classes are known already.
  ///
  /// - Parameter notices: What the user should know about the photographs.
  package init(
    sources: [AugmentationSource], root: URL, classes: ClassList, captions: Captions?,
    settings: AugmentationSettings, skipped: [DatasetProblem] = [], notices: [String] = []
  ) throws {
    try settings.validate(for: classes)
    self.root = root
    self.sources = sources
    self.settings = settings
    self.classes = classes
    self.skipped = skipped
    let choices = try Self.choices(among: sources, settings)
    let names = Self.names(of: choices, among: sources)
    pictures = zip(choices, names).map { index, name in
      let source = sources[index]
      let words = source.classes.sorted().map { classes.words(for: $0) }
      return PlannedPicture(
        source: index, copy: name.copy, name: name.name, classes: words,
        prompt: settings.promptStyle.prompt(
          caption: captions?.byStem[source.stem], classes: words),
        seed: PictureSeed.seed(run: settings.seed, stem: source.stem, copy: name.copy))
    }
    self.notices = try notices + Self.notices(on: captions, of: sources, settings.promptStyle)
  }

  private static func choices(
    among sources: [AugmentationSource], _ settings: AugmentationSettings
  ) throws -> [Int] {
    guard sources.contains(where: { !$0.classes.isEmpty }) else {
      throw AugmentationError(
        .badData,
        "No photograph of this split has a labelled class: all masks are background and 255, whose "
          + "class is left open. Check that the masks hold class ids.")
    }
    if let copies = settings.copies {
      let labelled = sources.indices.filter { !sources[$0].classes.isEmpty }
      return (0..<copies).flatMap { _ in labelled }
    }
    let balancing = ClassBalancing(sources.map(\.classes))
    if let target = settings.targetPerClass { return balancing.choices(targetPerClass: target) }
    return balancing.choices(count: settings.images ?? sources.count)
  }

  /// `<stem>_<copy>` for every choice. A number whose name an original has is passed over: a dataset
  /// may hold both `a` and `a_1`, for one because it was augmented before.
  private static func names(
    of choices: [Int], among sources: [AugmentationSource]
  ) -> [(name: String, copy: Int)] {
    let taken = Set(sources.map(\.stem))
    var last: [Int: Int] = [:]
    return choices.map { index in
      let stem = sources[index].stem
      var copy = last[index, default: 0] + 1
      while taken.contains("\(stem)_\(copy)") { copy += 1 }
      last[index] = copy
      return ("\(stem)_\(copy)", copy)
    }
  }
}

extension AugmentationPlan {
  /// What the plan does to the dataset's balance.
  public var summary: AugmentationSummary {
    let originals = sources.map(\.classes)
    return AugmentationSummary(
      before: DatasetStatistics(of: originals, classes: classes),
      after: DatasetStatistics(
        of: originals + pictures.map { sources[$0.source].classes }, classes: classes))
  }

  /// SHA-256 over the originals' names and what the pictures are called and asked for.
  func digest() throws -> String {
    let pictures = pictures.map { [$0.name, $0.prompt] + $0.classes }
    return try JSONEncoder.stable.encode([sources.map(\.stem)] + pictures).sha256
  }
}
