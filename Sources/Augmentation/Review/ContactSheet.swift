import Faults
public import Foundation
public import ImageAnnotation
public import ImageFiles
import SegmentationDatasets

/// Generated images beside what they were made from, to judge a run at a glance.
///
/// One row an image: photograph, mask, the control images, which are blended outlines or labels, the
/// generated image, and the mask laid over it; an image that was made from no photograph has its own mask and no
/// outlines. Above them stand the image's name, fit and prompt.
public struct ContactSheet: Sendable {
  /// The rows, in the order in which they are shown.
  public let records: [LedgerRecord]
  /// Each photograph's and image's file, by its stem.
  private let files: [String: SegmentationDataset.Entry]
  /// How the control images are drawn, and who draws them.
  private let priors: [PriorSettings]
  private let annotators: [PriorSettings.Kind: any ControlAnnotator]
  private let classes: ClassList
  private let layout: SheetLayout

  /// Whether a sheet has no more pixels than an image that can be read again, 2²⁸.
  public static func fits(rows: Int, side: Int) -> Bool {
    SheetLayout(side: side).area(rows: rows) <= 1 << 28
  }

  /// Chooses images of an augmented dataset. The run may be going on.
  ///
  /// - Parameters:
  ///   - root: The output folder of an augmentation.
  ///   - choice: Which images to show.
  ///   - side: What the longer side of each image becomes, in pixels.
  ///   - annotator: Gives who draws the outlines again, as the run's did, once for each kind; nil where labels alone
  ///     are shown.
  /// - Throws: ``AugmentationError`` when there is no ledger, or no image in it; `DatasetError` when
  ///   the folder is no dataset.
  public init(
    of root: URL, choosing choice: SheetChoice, side: Int,
    annotator: (PriorSettings.Kind) throws -> (any ControlAnnotator)?
  ) throws {
    precondition(
      choice.rows > 0 && side > 0 && Self.fits(rows: choice.rows, side: side),
      "ContactSheet: \(choice.rows) rows of \(side) pixels are nothing or too much to show")
    let all = try LedgerRecord.all(in: root)
    let dataset = try SegmentationDataset(unlistedIn: root, classes: ClassList(ofRunIn: root))
    let entries = dataset.entries
    classes = dataset.classes
    files = Dictionary(entries.map { ($0.stem, $0) }) { first, _ in first }
    records = try choice.records(of: all)
    // One run has one way to draw them.
    priors = all[0].settings.priors
    layout = SheetLayout(side: side, controlImages: priors.count)
    annotators = try priors.reduce(into: [:]) { known, prior in
      if known[prior.kind] == nil { known[prior.kind] = try annotator(prior.kind) }
    }
  }

  /// Reads the images and draws the sheet.
  ///
  /// - Parameter check: Called between two pieces of work; what it throws ends the drawing.
  /// - Throws: What reading an image throws.
  public func image(check: () throws -> Void = {}) throws -> Image {
    var sheet = layout.emptySheet(rows: records.count)
    for (row, record) in records.enumerated() {
      try check()
      layout.place(
        try pictures(of: record, check), under: Self.text(on: record), row: row, into: &sheet)
    }
    return sheet
  }

  private static func text(on record: LedgerRecord) -> String {
    let fit = record.fit.map { "fit \($0)  " } ?? ""
    return "\(record.name)  \(fit)\(record.prompt)"
  }

  private func pictures(of record: LedgerRecord, _ check: () throws -> Void) throws -> [Image?] {
    let made = try entry(record.name)
    let generated = try Image(contentsOf: made.image).rgb()
    let shapes = try made.mask.labels()
    let overlay = generated.tinted(
      with: shapes, classes.palette, leaving: classes.background)
    guard let source = record.source, record.settings.originals != .nothing else {
      let none = [Image?](repeating: nil, count: priors.count)
      return [nil, shapes.coloured(with: classes.palette)] + none + [generated, overlay]
    }
    let original = try entry(source)
    let photograph = try Image(contentsOf: original.image).rgb()
    let labels = try original.mask.labels()
    let controls = try priors.map { prior in
      try VisualPriors(
        photograph: photograph, labels: labels, width: record.painted.width,
        height: record.painted.height, settings: prior, classes: classes,
        annotator: annotators[prior.kind], check: check
      ).blend.rgb()
    }
    return [photograph, labels.coloured(with: classes.palette)] + controls + [generated, overlay]
  }

  private func entry(_ stem: String) throws -> SegmentationDataset.Entry {
    guard let entry = files[stem] else {
      throw AugmentationError(
        .badData,
        "\(LedgerRecord.file) names '\(stem)', whose photograph or mask is not in the folder. Give the "
          + "augmentation's command again: it makes what is missing.")
    }
    return entry
  }
}
