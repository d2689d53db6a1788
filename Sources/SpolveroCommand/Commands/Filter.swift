import ArgumentParser
import Augmentation
import DurableFiles
import Foundation
import ImageFiles

/// Chooses the generated images that show best what they should.
struct Filter: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Choose the generated images that show best what their masks say.",
    discussion: """
      FOLDER is a finished output of 'augment', made with more images than are wanted. Nothing is deleted: the list 'kept' \
      names the originals and the chosen images, 'generated_kept' these alone, and filter.jsonl says of each image why.

        spolvero filter augmented --keep 0.3 --by clip-rank --clip models/clip
        spolvero filter augmented --keep 0.5 --by agreement --segmenter models/deeplab
        spolvero filter augmented --decisions augmented-decisions.jsonl

      clip-rank is Category-Calibrated CLIP Rank: objects, or the parts of the mask, are ranked by CLIP within their classes, \
      and an image has the mean of its objects'. agreement is the mean intersection over union of a segmenter's labels and \
      the mask. clip-score is CLIPScore with the prompt; fit is the ledger's, and needs no network. Classes keep the proportions that \
      the run gave them. With decisions that 'report' has exported, what is rejected is left out, and what is accepted is \
      kept before anything else.
      """)

  @Argument(help: "Output folder of 'augment'.", completion: .directory)
  var folder: String

  @Option(
    help:
      "Share of the generated images to keep, above 0 and at most 1. (default: with --decisions, all that are not rejected)"
  )
  var keep: Double?

  @Option(
    help: ArgumentHelp(
      "What they are chosen by: clip-rank, agreement, clip-score or fit. (default: clip-rank, with --decisions and no network fit)",
      valueName: "by"))
  var by: FilterCriterion?

  @Option(
    help: "Decisions about the images, as a report exports them: one JSON object a line.",
    completion: .file())
  var decisions: String?

  @OptionGroup
  var judging: JudgingOptions

  @Option(
    name: .customLong("ignore-untrusted"),
    help: """
      Folder for copies of the masks in which pixels are left open where the segmenter disagrees, for agreement; made if \
      needed.
      """, completion: .directory)
  var trusted: String?

  @Flag(help: "Print one JSON object an image, as filter.jsonl has it.")
  var json = false

  @OptionGroup(title: "Computing")
  var computing: DeviceOptions

  func validate() throws {
    guard keep != nil || decisions != nil else {
      throw ValidationError("--keep SHARE or --decisions FILE is needed: else all would be kept.")
    }
    if let keep, !(keep > 0 && keep <= 1) {
      throw ValidationError("--keep \(keep): must be above 0 and at most 1.")
    }
    try judging.validate(for: criterion, "--by")
    if trusted != nil && criterion != .agreement {
      throw ValidationError("--ignore-untrusted is for --by agreement.")
    }
  }

  private var criterion: FilterCriterion {
    let isJudged = judging.clip != nil || judging.segmenter.segmenter != nil
    return by ?? (decisions == nil || isJudged ? .clipRank : .fit)
  }

  mutating func run() throws {
    StopSignals.watch()
    let root = try finishedFolder(folder)
    // Before a network works for long.
    let decided = try decisions.map {
      try FilterDecisions($0, about: LedgerRecord.all(in: root))
    }
    let filter = try ImageFilter(root, by: criterion, untrusted: writeTrusted) {
      try judging.judge(of: $0, computing)
    }
    let lists = try filter.keep(keep ?? 1, isBalanced: !judging.unbalanced, decided)
    if json { try Console.result(json: lists.lines) } else { try Console.result(lists.summary) }
  }

  private func writeTrusted(_ record: LedgerRecord, _ mask: LabelImage) throws {
    guard let trusted else { return }
    let file = URL(fileURLWithPath: trusted).appending(path: record.mask)
    try makeFolder(file.deletingLastPathComponent())
    try writeAtomically(mask.pngData(), to: file)
  }
}
