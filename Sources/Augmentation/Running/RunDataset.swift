import Foundation
import SegmentationDatasets

/// The dataset around a run's images: what is there before the first one is painted, and what follows the last.
struct RunDataset {
  let plan: AugmentationPlan
  let folder: OutputFolder
  /// What each image's line will have in the ledger, by the plan's order, as far as that is known beforehand.
  let records: [LedgerRecord]

  init(plan: AugmentationPlan, models: [String: String], folder: OutputFolder) {
    (self.plan, self.folder) = (plan, folder)
    records = plan.pictures.map { plan.record(of: $0, models: models) }
  }

  /// Puts in place what does not wait for images: of a shard its part of the originals.
  func begin(_ interruption: Interruption) throws {
    if !plan.skipped.isEmpty {
      try folder.placeIfNeeded(SkippedRecord.lines(of: plan), at: SkippedRecord.file)
    }
    if folder.shard != nil {
      try folder.placeIfNeeded(
        JSONEncoder.stable.encode(RunInventory(of: plan)), at: ShardFolders.inventoryPath)
    }
    try copyOriginals(sharing: folder.shard, interruption)
  }

  /// What is finished of the images that the folder's shard makes, or one run.
  func ledger(_ interruption: Interruption) throws -> Ledger {
    let share = folder.shard?.share(of: plan.pictures.map(\.name))
    let ledger = try Ledger(
      recovering: records, at: share, in: folder, check: interruption.check)
    if folder.shard == nil { try ledger.mend() }
    return ledger
  }

  /// Brings together what was made, by all shards, if that is everything.
  ///
  /// - Parameter ledger: What the folder's shard has finished, or the one run.
  /// - Returns: How many images are not finished.
  func finish(_ ledger: borrowing Ledger, _ interruption: Interruption) throws -> Int {
    if folder.shard == nil {
      try ledger.mend()
    } else {
      let others = try Ledger.unclaimedCount(
        of: records, in: folder, check: interruption.check)
      guard others == 0 else { return others }
      let whole = try Ledger(recovering: records, in: folder, check: interruption.check)
      guard whole.missing.isEmpty else { return whole.missing.count }
      try copyOriginals(sharing: nil, interruption)
      try whole.mend()
    }
    try RunLists(layout: plan.layout, classes: plan.classes).write(
      originals: plan.originals(in: folder.root),
      generated: plan.pictures.map { plan.entry(of: $0, in: folder.root) }, to: folder)
    try ShardFolders(root: folder.root, files: folder.files).remove()
    return 0
  }

  private func copyOriginals(sharing shard: Shard?, _ interruption: Interruption) throws {
    let reader = SourceReader(read: plan.reader)
    for place in originals(of: shard) {
      for file in plan.layouts.copies(of: plan.keptSources[place], in: AugmentationRun.split) {
        try interruption.check()
        try file.place(in: folder, reader, plan.settings.originals ?? .copy)
      }
    }
  }

  /// The places of the sources that a shard copies, ascending: its share, and those of its images, which can be looked at
  /// beside them then.
  private func originals(of shard: Shard?) -> [Int] {
    let sources = plan.keptSources
    guard let shard else { return Array(sources.indices) }
    let shown = shard.share(of: plan.pictures.map(\.name)).compactMap { plan.pictures[$0].source }
    return Set(shard.share(of: sources.map(\.stem)) + shown).filter(sources.indices.contains)
      .sorted()
  }
}

extension AugmentationPlan {
  /// What an image's line in the ledger will have, as far as that is known before it is painted.
  fileprivate func record(of picture: PlannedImage, models: [String: String]) -> LedgerRecord {
    let source = picture.source.map { sources[$0] }
    return LedgerRecord(
      image: imagePath(of: picture),
      mask: layout.maskPath(of: picture.name, in: AugmentationRun.split),
      instances: layout.instancesPath(of: picture.name, in: AugmentationRun.split),
      stem: stem(besideImagePathOf: picture), source: source?.stem,
      copy: picture.copy, classes: picture.classes, prompt: picture.prompt, seed: picture.seed,
      settings: settings, models: models, sourceSHA256: source?.hashes.image,
      painted: GenerationSize(width: 0, height: 0), imageSHA256: "", maskSHA256: "")
  }
}
