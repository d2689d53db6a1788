public import Foundation
import SegmentationDatasets

/// Makes a plan's images and the dataset around them.
///
/// A run may be stopped at any moment, by force too: the same run started again keeps what is finished
/// and ends with the folder that an unbroken run gives, byte for byte if its recipe has the same
/// ``Recipe/identity``.
public struct AugmentationRun: Sendable {
  /// What a run did.
  public struct Outcome: Sendable, Equatable {
    /// Images painted by this run.
    public let painted: Int
    /// Images that an earlier run had finished.
    public let found: Int

    package init(painted: Int, found: Int) {
      self.painted = painted
      self.found = found
    }
  }

  /// The split of all images, whose list is written last.
  package static let split = "train"
  /// The split of those that were made.
  private static let generated = "generated"

  private let plan: AugmentationPlan
  private let output: URL
  private let models: [String: String]
  private let expected: GeneratorTraits
  private let batchSize: Int
  private let files: any OutputFiles

  /// Prepares a run; nothing is read or written yet.
  ///
  /// - Parameters:
  ///   - plan: What to make.
  ///   - output: The folder for the augmented dataset: new, empty, or of the same run.
  ///   - models: The hashes of the models' files, from ``ModelFiles``.
  ///   - expected: What is known of the generator before it is loaded: a folder of another one is refused at once.
  ///   - batchSize: How many images are painted at once, at most.
  public init(
    plan: AugmentationPlan, output: URL, models: [String: String],
    expecting expected: GeneratorTraits = GeneratorTraits(), batchSize: Int = 1
  ) {
    self.init(
      plan: plan, output: output, models: models, expecting: expected, batchSize: batchSize,
      files: Disk())
  }

  /// The same with another way to the disk, for tests.
  package init(
    plan: AugmentationPlan, output: URL, models: [String: String],
    expecting expected: GeneratorTraits = GeneratorTraits(), batchSize: Int, files: any OutputFiles
  ) {
    precondition(batchSize > 0, "Augmentation: a batch of \(batchSize) images must be positive")
    self.plan = plan
    self.output = output
    self.models = models
    self.expected = expected
    self.batchSize = batchSize
    self.files = files
  }

  /// Makes what is missing.
  ///
  /// The output is checked before any model is loaded. A new output is claimed only after that: a command
  /// with a wrong model can be corrected and given again.
  ///
  /// - Parameters:
  ///   - load: Loads the models; not called when an earlier run has made everything.
  ///   - interruption: Ends the run at the next step when somebody asks for it.
  ///   - progress: Called after each step and each image.
  /// - Throws: ``AugmentationError``, or what loading throws. What was finished is kept.
  public func callAsFunction(
    recipe load: () throws -> any Recipe, interruption: Interruption,
    progress: @escaping (AugmentationProgress) -> Void
  ) throws -> Outcome {
    try output.refuse(inside: plan.root)
    let identity = try RunIdentity(of: plan, models: models, generator: expected)
    let folder = try OutputFolder(at: output, for: identity, files: files)
    let loaded: (any Recipe)?
    do { loaded = folder.isNew ? try load() : nil } catch {
      folder.abandon()
      throw error
    }
    try folder.claim(for: loaded?.traits)
    defer { try? folder.clearScratch() }

    if !plan.skipped.isEmpty {
      try folder.placeIfNeeded(SkippedRecord.lines(of: plan), at: SkippedRecord.file)
    }
    try copyOriginals(to: folder, interruption)
    let records = plan.pictures.map(record)
    var ledger = try Ledger(recovering: records, in: folder, check: interruption.check)
    let found = ledger.count
    let missing = plan.pictures.indices.filter { !ledger.contains($0) }
    if !missing.isEmpty {
      let recipe = try loaded ?? load()
      try folder.require(recipe.traits)
      func paint(with recipe: some Recipe) throws {
        let painting = Generation(
          plan: plan, recipe: recipe, records: records, folder: folder, batchSize: batchSize,
          interruption: interruption, progress: progress)
        try painting.paint(missing, into: &ledger)
      }
      try paint(with: recipe)
    }
    try writeLists(to: folder)
    return Outcome(painted: missing.count, found: found)
  }

  private func copyOriginals(to folder: OutputFolder, _ interruption: Interruption) throws {
    let reader = SourceReader(read: plan.reader)
    for source in plan.keptSources {
      for file in plan.layouts.copies(of: source, in: Self.split) {
        try interruption.check()
        try file.place(in: folder, reader, plan.settings.originals ?? .copy)
      }
    }
  }

  private func record(of picture: PlannedImage) -> LedgerRecord {
    let source = picture.source.map { plan.sources[$0] }
    return LedgerRecord(
      image: plan.imagePath(of: picture),
      mask: plan.layout.maskPath(of: picture.name, in: Self.split),
      instances: plan.layout.instancesPath(of: picture.name, in: Self.split),
      stem: plan.stem(besideImagePathOf: picture), source: source?.stem,
      copy: picture.copy, classes: picture.classes, prompt: picture.prompt, seed: picture.seed,
      settings: plan.settings, models: models, sourceSHA256: source?.hashes.image,
      painted: GenerationSize(width: 0, height: 0), imageSHA256: "", maskSHA256: "")
  }

  /// The lists come last: a dataset that has them is whole.
  private func writeLists(to folder: OutputFolder) throws {
    let made = plan.pictures.map { plan.entry(of: $0, in: output) }
    for (split, images) in [
      (Self.generated, made), (Self.split, plan.originals(in: output) + made),
    ] {
      try plan.layout.index(images, as: split, classes: plan.classes, in: output) {
        try folder.placeIfNeeded($0, at: $1)
      }
    }
  }
}
