public import Foundation

/// Makes a plan's pictures and the dataset around them.
///
/// A run may be stopped at any moment, by force too: the same run started again keeps what is finished
/// and ends with the folder that an unbroken run gives, byte for byte if its painter has the same
/// ``Painter/identity``.
public struct AugmentationRun: Sendable {
  /// What a run did.
  public struct Outcome: Sendable, Equatable {
    /// Pictures painted by this run.
    public let painted: Int
    /// Pictures that an earlier run had finished.
    public let found: Int

    package init(painted: Int, found: Int) {
      self.painted = painted
      self.found = found
    }
  }

  /// The list of all photographs, which is written last.
  static let list = "ImageSets/Segmentation/train.txt"

  private let plan: AugmentationPlan
  private let output: URL
  private let models: [String: String]
  private let batchSize: Int
  private let files: any OutputFiles

  /// Prepares a run; nothing is read or written yet.
  ///
  /// - Parameters:
  ///   - plan: What to make.
  ///   - output: The folder for the augmented dataset: new, empty, or of the same run.
  ///   - models: The hashes of the models' files, from ``ModelFiles``.
  ///   - batchSize: How many pictures are painted at once, at most.
  public init(plan: AugmentationPlan, output: URL, models: [String: String], batchSize: Int = 1) {
    self.init(plan: plan, output: output, models: models, batchSize: batchSize, files: Disk())
  }

  /// The same with another way to the disk, for tests.
  package init(
    plan: AugmentationPlan, output: URL, models: [String: String], batchSize: Int,
    files: any OutputFiles
  ) {
    precondition(batchSize > 0, "Augmentation: a batch of \(batchSize) pictures must be positive")
    self.plan = plan
    self.output = output
    self.models = models
    self.batchSize = batchSize
    self.files = files
  }

  /// Makes what is missing.
  ///
  /// The output is checked before any model is loaded. A new output is claimed only after that: a command
  /// with a wrong model can be corrected and given again.
  ///
  /// - Parameters:
  ///   - studio: Loads the models; not called when an earlier run has painted everything.
  ///   - interruption: Ends the run at the next step when somebody asks for it.
  ///   - progress: Called after each step and each picture.
  /// - Throws: ``AugmentationError``, or what the studio throws. What was finished is kept.
  public func callAsFunction(
    studio: () throws -> Studio, interruption: Interruption,
    progress: @escaping (AugmentationProgress) -> Void
  ) throws -> Outcome {
    try output.refuse(inside: plan.root)
    let hashes = try SourceHashes(of: plan.sources, interruption: interruption)
    let identity = try RunIdentity(
      settings: plan.settings, dataset: hashes.digest, plan: plan.digest(), models: models)
    let folder = try OutputFolder(at: output, for: identity, files: files)
    let loaded: Studio?
    do { loaded = folder.isNew ? try studio() : nil } catch {
      folder.abandon()
      throw error
    }
    try folder.claim()
    defer { try? folder.clearScratch() }

    if !plan.skipped.isEmpty {
      try folder.placeIfNeeded(SkippedRecord.lines(of: plan), at: SkippedRecord.file)
    }
    try copyOriginals(hashes, to: folder, interruption)
    let records = plan.pictures.map { record(of: $0, hashes) }
    var ledger = try Ledger(recovering: records, in: folder, check: interruption.check)
    let found = ledger.count
    let missing = plan.pictures.indices.filter { !ledger.contains($0) }
    if !missing.isEmpty {
      let painting = Painting(
        plan: plan, studio: try loaded ?? studio(), hashes: hashes, records: records,
        folder: folder,
        batchSize: batchSize, interruption: interruption, progress: progress)
      try painting.paint(missing, into: &ledger)
    }
    try writeLists(to: folder)
    return Outcome(painted: missing.count, found: found)
  }

  private func copyOriginals(
    _ hashes: SourceHashes, to folder: OutputFolder, _ interruption: Interruption
  ) throws {
    for (index, source) in plan.sources.enumerated() {
      try interruption.check()
      let suffix = source.photograph.pathExtension
      try folder.placeIfNeeded(
        hashes.photograph(index, of: source), at: "JPEGImages/\(source.stem).\(suffix)")
      try folder.placeIfNeeded(
        hashes.mask(index, of: source), at: "SegmentationClass/\(source.stem).png")
    }
  }

  private func record(of picture: PlannedPicture, _ hashes: SourceHashes) -> LedgerRecord {
    let suffix = plan.settings.imageFormat.pathExtension
    return LedgerRecord(
      image: "JPEGImages/\(picture.name).\(suffix)", mask: "SegmentationClass/\(picture.name).png",
      source: plan.sources[picture.source].stem, copy: picture.copy, classes: picture.classes,
      prompt: picture.prompt, seed: picture.seed, settings: plan.settings, models: models,
      sourceSHA256: hashes.photographs[picture.source], painted: PaintingSize(width: 0, height: 0),
      imageSHA256: "", maskSHA256: hashes.masks[picture.source])
  }

  /// The lists come last: a dataset that has them is whole.
  private func writeLists(to folder: OutputFolder) throws {
    func lines(_ names: [String]) -> Data { Data(names.map { $0 + "\n" }.joined().utf8) }
    let generated = plan.pictures.map(\.name)
    try folder.placeIfNeeded(lines(generated), at: "ImageSets/Segmentation/generated.txt")
    try folder.placeIfNeeded(
      lines(plan.sources.map(\.stem) + generated), at: Self.list)
  }
}
