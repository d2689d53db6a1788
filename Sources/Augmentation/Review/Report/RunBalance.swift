import ImageFiles
import SegmentationDatasets

extension AugmentationSummary {
  /// What a run has done so far to the balance of the dataset in its folder: the classes of the originals are counted in
  /// their masks, those of the generated images are in the ledger.
  ///
  /// - Parameter check: Called between two masks, on any thread; what it throws ends the counting.
  /// - Throws: What reading a mask throws.
  package init(of run: RunPictures, check: @Sendable () throws -> Void) throws {
    let (classes, originals) = (run.classes, run.originals)
    let labelled = try concurrentMap(originals.count, check: check) { number in
      try originals[number].mask.labels().classes.filter { classes.names[$0] != nil }
    }
    let ids = Dictionary(classes.ids.map { (classes.words(for: $0), $0) }) { first, _ in first }
    let made = run.records.map { Set($0.classes.compactMap { ids[$0] }) }
    self.init(
      before: DatasetStatistics(of: labelled, classes: classes),
      after: DatasetStatistics(of: labelled + made, classes: classes),
      fit: FitSummary(of: run.records))
  }
}
