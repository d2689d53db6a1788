import Faults
public import Foundation
public import ImageAnnotation
package import ImageFiles
package import SegmentationDatasets

/// The images of a run's folder with what they were made from: what the lines of a ledger stand for, to look at. The run
/// may be going on.
public struct RunPictures: Sendable {
  /// What an image was made from.
  package struct Source: Sendable {
    /// The photograph, RGB.
    package let photograph: Image
    /// Its labels.
    package let labels: LabelImage
    /// The visual priors of each control image, as they were drawn for the run; nil where none was asked for.
    package let priors: [VisualPriors?]
  }

  /// The ledger, in its order.
  package let records: [LedgerRecord]
  /// What the ids in the masks mean.
  package let classes: ClassList
  /// How the control images are drawn: one run has one way.
  package var priors: [PriorSettings] { records[0].settings.priors }
  /// Each photograph's and image's files, by its stem.
  private let files: [String: SegmentationDataset.Entry]
  /// Who draws them; nil for those that are left out.
  private let annotators: [PriorSettings.Kind: Drawing]
  /// An annotator's network computes for one at a time, on all cores.
  private let turn = NSLock()

  /// Who draws a kind of control image; nil where labels alone are shown.
  private struct Drawing: Sendable {
    let annotator: (any ControlAnnotator)?
  }

  /// Reads a ledger, and finds the files.
  ///
  /// - Parameters:
  ///   - root: The output folder of an augmentation.
  ///   - isLeftOut: Whether control images of a kind are not to be drawn.
  ///   - annotator: Gives who draws the outlines again, as the run's did, once for each kind; nil where labels alone
  ///     are shown.
  /// - Throws: ``AugmentationError`` when there is no ledger, or no image in it; `DatasetError` when
  ///   the folder is no dataset.
  public init(
    of root: URL, leavingOut isLeftOut: (PriorSettings.Kind) -> Bool = { _ in false },
    annotator: (PriorSettings.Kind) throws -> (any ControlAnnotator)?
  ) throws {
    records = try LedgerRecord.all(in: root)
    let dataset = try SegmentationDataset(unlistedIn: root, classes: ClassList(ofRunIn: root))
    classes = dataset.classes
    files = Dictionary(dataset.entries.map { ($0.stem, $0) }) { first, _ in first }
    annotators = try records[0].settings.priors.map(\.kind).reduce(into: [:]) { known, kind in
      if known[kind] == nil, !isLeftOut(kind) {
        known[kind] = Drawing(annotator: try annotator(kind))
      }
    }
  }

  /// The dataset's own images that are in the folder, in the order of their stems.
  package var originals: [SegmentationDataset.Entry] {
    let generated = Set(records.map(\.name))
    return files.values.filter { !generated.contains($0.stem) }.sorted { $0.stem < $1.stem }
  }

  /// What an image was made from; nil for one that was made from no photograph, or whose photograph is not in the folder.
  ///
  /// - Parameter check: Called between two pieces of work; what it throws ends the drawing.
  /// - Throws: What reading and drawing throw.
  package func source(of record: LedgerRecord, check: () throws -> Void) throws -> Source? {
    guard let stem = record.source, record.settings.originals != .nothing else { return nil }
    let entry = try entry(stem)
    let photograph = try Image(contentsOf: entry.image).rgb()
    let labels = try entry.mask.labels()
    let drawn = try priors.map { prior in
      try annotators[prior.kind].map { drawing in
        try turn.withLock {
          try VisualPriors(
            photograph: photograph, labels: labels, width: record.painted.width,
            height: record.painted.height, settings: prior, classes: classes,
            annotator: drawing.annotator, check: check)
        }
      }
    }
    return Source(photograph: photograph, labels: labels, priors: drawn)
  }

  /// The generated image, RGB, and its mask.
  package func result(of record: LedgerRecord) throws -> (image: Image, mask: LabelImage) {
    let entry = try entry(record.name)
    return (try Image(contentsOf: entry.image).rgb(), try entry.mask.labels())
  }

  /// The object that each pixel of a generated image belongs to.
  ///
  /// - Throws: ``AugmentationError`` for an image without instances.
  func instances(of record: LedgerRecord) throws -> LabelImage {
    guard let place = try entry(record.name).instances else {
      throw AugmentationError(
        .badData,
        "\(LedgerRecord.file) names '\(record.name)', whose instances are not in the folder. Give the augmentation's "
          + "command again: it makes what is missing.")
    }
    return try place.labels()
  }

  private func entry(_ stem: String) throws -> SegmentationDataset.Entry {
    if let entry = files[stem] { return entry }
    throw AugmentationError(
      .badData,
      "\(LedgerRecord.file) names '\(stem)', whose photograph or mask is not in the folder. Give the "
        + "augmentation's command again: it makes what is missing.")
  }
}
