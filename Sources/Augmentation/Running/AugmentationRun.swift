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
    /// Images of other shards that are not finished; the last shard to end leaves none.
    public let missing: Int

    package init(painted: Int, found: Int, missing: Int = 0) {
      (self.painted, self.found, self.missing) = (painted, found, missing)
    }
  }

  /// The split of all images, whose list is written last.
  package static let split = "train"
  /// The split of those that were made.
  static let generated = "generated"

  private let plan: AugmentationPlan
  private let output: URL
  private let models: @Sendable () throws -> [String: String]
  private let expected: GeneratorTraits
  private let batchSize: Int
  private let shard: Shard?
  private let files: any OutputFiles

  /// Prepares a run; nothing is read or written yet.
  ///
  /// - Parameters:
  ///   - plan: What to make.
  ///   - output: The folder for the augmented dataset: new, empty, or of the same run.
  ///   - models: The models' files. Nobody waits for their hashes until the models are loaded, but in a folder of a run
  ///     that was begun before.
  ///   - expected: What is known of the generator before it is loaded: a folder of another one is refused at once.
  ///   - batchSize: How many images are painted at once, at most.
  ///   - shard: The part of the images that is made here; nil for all.
  public init(
    plan: AugmentationPlan, output: URL, models: ModelFiles,
    expecting expected: GeneratorTraits = GeneratorTraits(), batchSize: Int = 1, shard: Shard? = nil
  ) {
    self.init(
      plan: plan, output: output, models: { try models.hashes }, expecting: expected,
      batchSize: batchSize, shard: shard)
  }

  /// The same with another way to hashes and disk, for tests.
  package init(
    plan: AugmentationPlan, output: URL, models: @escaping @Sendable () throws -> [String: String],
    expecting expected: GeneratorTraits = GeneratorTraits(), batchSize: Int = 1,
    shard: Shard? = nil, files: any OutputFiles = Disk()
  ) {
    precondition(batchSize > 0, "Augmentation: a batch of \(batchSize) images must be positive")
    self.plan = plan
    self.output = output
    self.models = models
    self.expected = expected
    self.batchSize = batchSize
    self.shard = shard
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
    let folder = try OutputFolder(at: output, shard: shard, files: files)
    let (identity, loaded) = try begin(folder, load)
    try folder.claim(for: identity)
    defer { try? folder.clearScratch() }
    let dataset = RunDataset(plan: plan, models: identity.models, folder: folder)
    try dataset.begin(interruption)
    var ledger = try dataset.ledger(interruption)
    let found = ledger.count
    let missing = ledger.missing
    if !missing.isEmpty {
      let recipe = try loaded ?? load()
      try folder.require(identity.painted(by: recipe.traits))
      try paint(missing, with: recipe, of: dataset, into: &ledger, interruption, progress)
    }
    let left = try dataset.finish(&ledger, interruption)
    return Outcome(painted: missing.count, found: found, missing: left)
  }

  /// What the run is, and the recipe if that had to be loaded to know it.
  private func begin(
    _ folder: OutputFolder, _ load: () throws -> any Recipe
  ) throws -> (RunIdentity, (any Recipe)?) {
    do {
      let loaded = try folder.begun == nil ? load() : nil
      let generator =
        loaded?.traits ?? expected.completed(by: folder.begun?.generator ?? expected)
      return (try RunIdentity(of: plan, models: models(), generator: generator), loaded)
    } catch {
      folder.abandon()
      throw error
    }
  }

  private func paint(
    _ missing: [Int], with recipe: some Recipe, of dataset: RunDataset, into ledger: inout Ledger,
    _ interruption: Interruption, _ progress: @escaping (AugmentationProgress) -> Void
  ) throws {
    try Generation(
      plan: plan, recipe: recipe, dataset: dataset,
      count: ledger.count + missing.count, batchSize: batchSize, interruption: interruption,
      progress: progress
    ).paint(missing, into: &ledger)
  }
}
