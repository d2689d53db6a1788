import Augmentation
import DatasetEvaluation
import DurableFiles
import Faults
import Foundation
import ImageFiles
import SegmentationDatasets

/// Chooses the best of the images that a finished run has made.
struct ImageFilter {
  private let records: [LedgerRecord]
  private let dataset: SegmentationDataset
  private let images: FilterImages
  private let criterion: FilterCriterion
  /// How good each image is, in the criterion's own numbers; nil for one that cannot be judged.
  private let scores: [Double?]

  /// Judges the images.
  ///
  /// - Parameters:
  ///   - root: The run's folder.
  ///   - untrusted: Is given the masks less the pixels in which a segmenter disagrees.
  ///   - judge: Loads the network for the run's classes.
  init(
    _ root: URL, by criterion: FilterCriterion,
    untrusted: (LedgerRecord, LabelImage) throws -> Void = { _, _ in },
    judge: (ClassList) throws -> JudgingOptions.Judge
  ) throws {
    records = try LedgerRecord.all(in: root)
    dataset = try SegmentationDataset(
      root: root, split: "train", layout: DatasetLayouts.layout(of: root),
      classes: ClassList(ofRunIn: root))
    images = FilterImages(root: root, records: records, in: dataset)
    self.criterion = criterion
    scores =
      criterion.hasNetwork
      ? try images.scores(by: criterion, judge(dataset.classes), untrusted: untrusted)
      : records.map(\.fit)
  }

  /// Chooses, and writes lists and reasons into the run's folder.
  ///
  /// - Parameters:
  ///   - share: Of all images, above 0 and at most 1.
  ///   - isBalanced: Whether classes keep their proportions.
  ///   - decisions: Which of them are left out, and which are kept first; nil for none.
  func keep(
    _ share: Double, isBalanced: Bool, _ decisions: FilterDecisions? = nil
  ) throws -> FilterLists {
    let decisions = decisions ?? FilterDecisions(none: records.count)
    let selection = ImageSelection(
      merits: scores.map { score in score.map { criterion.isRank ? -$0 : $0 } },
      classes: images.records.map(\.classes), keeping: share, isBalanced: isBalanced,
      preferring: decisions.places(.accept), excluding: decisions.places(.reject))
    let lists = FilterLists(
      images, dataset, by: criterion, scores: scores, decisions: decisions,
      kept: Set(selection.kept))
    try lists.write()
    return lists
  }
}
