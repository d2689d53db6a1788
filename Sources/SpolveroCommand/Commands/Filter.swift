import ArgumentParser
import Augmentation
import Checkpoints
import DatasetEvaluation
import DurableFiles
import Faults
import Foundation
import ImageFiles
import ImageSegmentation
import SegmentationDatasets
import Tensors

/// Chooses the generated images that show best what they should.
struct Filter: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Choose the generated images that show best what their masks say.",
    discussion: """
      FOLDER is a finished output of 'augment', made with more images than are wanted. Nothing is deleted: the list 'kept' \
      names the originals and the chosen images, 'generated_kept' these alone, and filter.jsonl says of each image why.

        spolvero filter augmented --keep 0.3 --by clip-rank --clip models/clip
        spolvero filter augmented --keep 0.5 --by agreement --segmenter models/deeplab

      clip-rank is Category-Calibrated CLIP Rank: objects, or the parts of the mask, are ranked by CLIP within their classes, \
      and an image has the mean of its objects'. agreement is the mean intersection over union of a segmenter's labels and \
      the mask. clip-score is CLIPScore with the prompt. Classes keep the proportions that the run gave them.
      """)

  @Argument(help: "Output folder of 'augment'.", completion: .directory)
  var folder: String

  @Option(help: "Share of the generated images to keep, above 0 and at most 1.")
  var keep: Double

  @Option(help: "What they are chosen by: clip-rank, agreement or clip-score.")
  var by = FilterCriterion.clipRank

  @Option(help: "Folder of the CLIPModel, for clip-rank and clip-score.", completion: .directory)
  var clip: String?

  @Option(help: "Folder of the segmenter, for agreement.", completion: .directory)
  var segmenter: String?

  @Option(
    help: "JSON file of the segmenter's classes that have another name, as for 'evaluate'.",
    completion: .file())
  var classMap: String?

  @Option(
    name: .customLong("ignore-untrusted"),
    help: """
      Folder for copies of the masks in which pixels are left open where the segmenter disagrees, for agreement; made if \
      needed.
      """, completion: .directory)
  var trusted: String?

  @Flag(help: "Keep the best whatever their classes, as the paper of CLIP Rank does.")
  var unbalanced = false

  @Flag(help: "Print one JSON object an image, as filter.jsonl has it.")
  var json = false

  @OptionGroup(title: "Computing")
  var computing: DeviceOptions

  func validate() throws {
    guard keep > 0 && keep <= 1 else {
      throw ValidationError("--keep \(keep): must be above 0 and at most 1.")
    }
    if by == .agreement {
      if segmenter == nil { throw ValidationError("--by agreement needs --segmenter DIR.") }
      if clip != nil { throw ValidationError("--clip is not for --by agreement.") }
    } else {
      if clip == nil { throw ValidationError("--by \(by.rawValue) needs --clip DIR.") }
      if segmenter != nil || classMap != nil || trusted != nil {
        throw ValidationError(
          "--segmenter, --class-map and --ignore-untrusted are for --by agreement.")
      }
    }
  }

  mutating func run() throws {
    StopSignals.watch()
    let root = try finishedFolder(folder)
    let layout = DatasetLayouts.layout(of: root)
    let dataset = try SegmentationDataset(
      root: root, split: "train", layout: layout, classes: ClassList(ofRunIn: root))
    let images = FilterImages(
      root: root, records: try LedgerRecord.all(in: root), classes: dataset.classes)
    guard !images.records.isEmpty else {
      throw CommandError(
        .badData, "\(folder): its ledger names no generated image, so there is none to choose.")
    }
    let scores = try scores(images)
    let selection = ImageSelection(
      merits: scores.map { score in score.map { by.isRank ? -$0 : $0 } },
      classes: images.records.map(\.classes), keeping: keep, isBalanced: !unbalanced)
    try FilterLists(images, dataset, by: by, scores: scores, kept: Set(selection.kept)).write()
    try report(images, scores, Set(selection.kept))
  }

  private func scores(_ images: FilterImages) throws -> [Double?] {
    let device = try computing.open()
    let precision = computing.precision(on: device, unlessGiven: .fixed(.float32))
    func model(_ path: String?) throws -> ModelFolder {
      try ModelFolder(existing(path ?? "", "folder"), check: StopSignals.check)
    }
    if by == .agreement {
      let network = try SegmenterCatalogue.open(
        model(segmenter), device: device, precision: precision)
      let predictions = try SegmenterPredictions(
        network, for: images.classes, classMap: classMap.map { try existing($0, "file") })
      return try images.agreements(predictions, untrusted: writeTrusted)
    }
    let embedder = try CLIPEmbedder(model(clip), device: device, precision: precision)
    return try by == .clipRank ? images.clipRanks(embedder) : images.clipScores(embedder)
  }

  private func writeTrusted(_ record: LedgerRecord, _ mask: LabelImage) throws {
    guard let trusted else { return }
    let file = URL(fileURLWithPath: trusted).appending(path: record.mask)
    try makeFolder(file.deletingLastPathComponent())
    try writeAtomically(mask.pngData(), to: file)
  }

  private func report(_ images: FilterImages, _ scores: [Double?], _ kept: Set<Int>) throws {
    if json {
      return try Console.result(
        json: images.records.indices.map {
          FilterLists.line(images.records[$0], by, scores[$0], kept.contains($0))
        })
    }
    func mean(_ places: some Collection<Int>) -> String {
      let known = places.compactMap { scores[$0] }
      return known.isEmpty
        ? "–" : (known.reduce(0, +) / Double(known.count)).text(places: 3)
    }
    try Console.result([
      "kept \(kept.count) of \(images.records.count) generated images, by \(by.rawValue)",
      "mean of all \(mean(images.records.indices)), of those kept \(mean(kept))",
    ])
  }
}
