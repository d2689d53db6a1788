import Foundation
import SegmentationDatasets

/// The dataset around a run's images: what is there before the first one is painted, and what follows the last.
struct RunDataset {
  /// The files of so many sources are in memory at once while they are copied.
  private static let copiedAtOnce = 16

  let plan: AugmentationPlan
  /// SHA-256 of the models' files by their place in the model.
  let models: [String: String]
  let folder: OutputFolder

  /// What an image's line will have in the ledger, as far as that is known before it is painted.
  ///
  /// - Parameter place: The image's in the plan.
  func record(at place: Int) -> LedgerRecord {
    plan.record(of: plan.pictures[place], models: models)
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
    var ledger = try recovered(at: share ?? Array(plan.pictures.indices), interruption)
    if folder.shard == nil { try ledger.mend() }
    return ledger
  }

  /// Brings together what was made, by all shards, if that is everything.
  ///
  /// - Parameter ledger: What the folder's shard has finished, or the one run.
  /// - Returns: How many images are not finished.
  func finish(_ ledger: inout Ledger, _ interruption: Interruption) throws -> Int {
    if folder.shard == nil {
      try ledger.mend()
    } else {
      let others = try unclaimedCount(interruption)
      guard others == 0 else { return others }
      var whole = try recovered(at: Array(plan.pictures.indices), interruption)
      guard whole.missing.isEmpty else { return whole.missing.count }
      try copyOriginals(sharing: nil, interruption)
      try whole.mend()
    }
    try RunLists(layout: plan.layout, classes: plan.classes).write(
      originals: plan.originals(in: folder.root),
      generated: plan.pictures.map { plan.entry(of: $0, in: folder.root) },
      sets: plan.sets(in: folder.root), to: folder)
    try ShardFolders(root: folder.root, files: folder.files).remove()
    return 0
  }

  /// What is finished of the images at some places of the plan.
  private func recovered(at places: [Int], _ interruption: Interruption) throws -> Ledger {
    let names = Dictionary(places.map { (plan.imagePath(of: plan.pictures[$0]), $0) }) { first, _ in
      first
    }
    return try Ledger(
      of: places, in: folder, check: interruption.check,
      recovering: { line in
        guard let place = names[line.image] else { return nil }
        return try line.isTrue(of: record(at: place), in: folder) ? place : nil
      })
  }

  /// What is read of a line where only its image is asked for.
  private struct Claim: LedgerLine {
    let image: String
  }

  /// How many images have no line, whatever became of the others since they got theirs.
  private func unclaimedCount(_ interruption: Interruption) throws -> Int {
    var unclaimed = Set(plan.pictures.map(plan.imagePath))
    try LedgerRecord.forEachClaimed(in: folder.root, folder.files) { (line: Claim, _) in
      try interruption.check()
      unclaimed.remove(line.image)
    }
    return unclaimed.count
  }

  private func copyOriginals(sharing shard: Shard?, _ interruption: Interruption) throws {
    let (sources, reader) = (originals(of: shard), SourceReader(read: plan.reader))
    var batch = FileBatch(in: folder)
    for start in stride(from: 0, to: sources.count, by: Self.copiedAtOnce) {
      let files = sources[start..<min(start + Self.copiedAtOnce, sources.count)].flatMap {
        plan.layouts.copies(of: plan.sources[$0], in: AugmentationRun.split)
      }
      try batch.place(
        files, reader, as: plan.settings.originals ?? .copy, check: interruption.check)
    }
    try batch.finish()
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
      entry: LedgerEntry(
        image: imagePath(of: picture),
        mask: layout.maskPath(of: picture.name, in: AugmentationRun.split),
        instances: layout.instancesPath(of: picture.name, in: AugmentationRun.split),
        stem: stem(besideImagePathOf: picture), source: source?.stem,
        copy: picture.copy, classes: picture.classes, prompt: picture.prompt, seed: picture.seed,
        repainted: picture.repainted, sourceSHA256: source?.hashes.image,
        painted: GenerationSize(width: 0, height: 0), imageSHA256: "", maskSHA256: ""),
      setup: LedgerSetup(settings: settings.beginning(at: picture.start), models: models))
  }
}
