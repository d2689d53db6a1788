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
  ///   - check: Called between two files, on any thread; what it throws ends the planning.
  /// - Throws: `DatasetError` with all that is wrong with the files; ``AugmentationError`` when the
  ///   settings contradict each other, no photograph has a labelled class, or the captions belong to
  ///   other photographs.
  public init(
    dataset: SegmentationDataset, captions: Captions?, settings: AugmentationSettings,
    writing layout: (any DatasetLayout)? = nil, skippingInvalid: Bool = false,
    check: @Sendable () throws -> Void = {}
  ) throws {
    try settings.validate()
    let scan = try dataset.scan(
      requiring: settings.require, findingInstances: settings.instances != nil, check: check)
    let skipped = try scan.settle(skippingInvalid: skippingInvalid)
    let sources = dataset.entries.compactMap { entry in
      scan.images[entry.stem].map {
        AugmentationSource(
          entry, classes: $0.classes, classOrder: (settings.classOrder ?? .id).ids(of: $0.extents),
          size: $0.size, hashes: $0.hashes, instances: $0.instances)
      }
    }
    try self.init(
      sources: sources, root: dataset.root, layout: dataset.layout, writing: layout,
      classes: dataset.classes,
      captions: captions, settings: settings, skipped: skipped, notices: scan.notices,
      reader: dataset.reader)
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

  private static func repaintings(
    of sources: [AugmentationSource], _ classes: ClassList, captions: Captions?,
    _ settings: AugmentationSettings
  ) throws -> [PlannedImage] {
    if let instances = settings.instances {
      return try instanceRepaintings(of: sources, classes, instances, settings)
    }
    let choices: [(source: Int, start: Start?)] =
      try settings.encodeRatios == nil
      ? choices(among: sources, settings).map { ($0, nil) } : sets(of: sources, settings)
    let names = names(of: choices.map(\.source), among: sources)
    // All images of a source share its words.
    var texts: [Int: (classes: [String], prompt: String)] = [:]
    return zip(choices, names).map { choice, name in
      let source = sources[choice.source]
      let text =
        texts[choice.source]
        ?? (
          source.classes.sorted().map { classes.words(for: $0) },
          settings.promptStyle.prompt(
            caption: captions?.byStem[source.stem],
            classes: settings.namesClasses ? source.classOrder.map { classes.words(for: $0) } : [])
        )
      texts[choice.source] = text
      return PlannedImage(
        source: choice.source, copy: name.copy, name: name.name, classIDs: source.classes,
        classes: text.classes, prompt: text.prompt,
        seed: ImageSeed.seed(run: settings.seed, stem: source.stem, copy: name.copy),
        start: choice.start)
    }
  }

  private static func choices(
    among sources: [AugmentationSource], _ settings: AugmentationSettings
  ) throws -> [Int] {
    guard sources.contains(where: { !$0.classes.isEmpty }) else {
      throw AugmentationError(
        .badData,
        "No photograph of this split has a labelled class: all masks are background, or ids whose "
          + "class is left open. Check that the masks hold class ids.")
    }
    let wanted = wanted(of: sources, settings)
    return settings.oversampling.map { spread(wanted, times: $0) } ?? wanted
  }

  /// The sources of the images that are asked for.
  private static func wanted(
    of sources: [AugmentationSource], _ settings: AugmentationSettings
  ) -> [Int] {
    if let copies = settings.copies {
      let labelled = sources.indices.filter { !sources[$0].classes.isEmpty }
      return (0..<copies).flatMap { _ in labelled }
    }
    let balancing = ClassBalancing(sources.map(\.classes))
    if let target = settings.targetPerClass { return balancing.choices(targetPerClass: target) }
    return balancing.choices(count: settings.images ?? sources.count)
  }

  /// As many choices as are wanted times a factor: each the same number of times, or once more.
  static func spread<Choice>(_ choices: [Choice], times factor: Double) -> [Choice] {
    let count = Int((Double(choices.count) * factor).rounded())
    return (0..<count).map { choices[$0 * choices.count / count] }
  }

  /// `<stem>_<copy>` for every choice. A number whose name an original has is passed over: a dataset
  /// may hold both `a` and `a_1`, for one because it was augmented before.
  static func names(
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
  var sourceDigest: String {
    let hashes = sources.map(\.hashes).map { $0.image + $0.mask + ($0.instances ?? "") }
    return Data(hashes.joined().utf8).sha256
  }
}
