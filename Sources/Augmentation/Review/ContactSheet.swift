import Faults
public import Foundation
public import ImageFiles
import SegmentationDatasets

/// Generated pictures beside what they were made from, to judge a run at a glance.
///
/// One row a picture, five columns: photograph, mask, the blended outlines that guided the model, the
/// generated picture, and the mask laid over it. Above them stand the picture's name, fit and prompt.
public struct ContactSheet: Sendable {
  /// The rows, in the order in which they are shown.
  public let records: [LedgerRecord]
  /// Each photograph's and picture's file, by its stem.
  private let files: [String: VOCDataset.Entry]
  private let detector: (any PriorDetector)?
  private let layout: SheetLayout

  /// Whether a sheet has no more pixels than a picture that can be read again, 2²⁸.
  public static func fits(rows: Int, side: Int) -> Bool {
    SheetLayout(side: side).area(rows: rows) <= 1 << 28
  }

  /// Chooses pictures of an augmented dataset. The run may be going on.
  ///
  /// - Parameters:
  ///   - root: The output folder of an augmentation.
  ///   - choice: Which pictures to show.
  ///   - side: What the longer side of each picture becomes, in pixels.
  ///   - detector: Gives who draws the outlines again, as the run's did; nil for label edges.
  /// - Throws: ``AugmentationError`` when there is no ledger, or no picture in it; `DatasetError` when
  ///   the folder is no dataset.
  public init(
    of root: URL, choosing choice: SheetChoice, side: Int,
    detector: (PriorSettings.Kind) throws -> (any PriorDetector)?
  ) throws {
    precondition(
      choice.rows > 0 && side > 0 && Self.fits(rows: choice.rows, side: side),
      "ContactSheet: \(choice.rows) rows of \(side) pixels are nothing or too much to show")
    let all = try LedgerRecord.all(in: root)
    let entries = try VOCDataset(unlistedIn: root).entries
    files = Dictionary(entries.map { ($0.stem, $0) }) { first, _ in first }
    records = try choice.records(of: all)
    layout = SheetLayout(side: side)
    // One run, one detector.
    self.detector = try detector(all[0].settings.prior.kind)
  }

  /// Reads the pictures and draws the sheet.
  ///
  /// - Parameter check: Called between two pieces of work; what it throws ends the drawing.
  /// - Throws: What reading a picture throws.
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

  private func pictures(of record: LedgerRecord, _ check: () throws -> Void) throws -> [Image] {
    let (original, made) = try (entry(record.source), entry(record.name))
    let photograph = try Image(contentsOf: original.image).rgb()
    let labels = try LabelImage(contentsOf: original.mask)
    let generated = try Image(contentsOf: made.image).rgb()
    let priors = try VisualPriors(
      photograph: photograph, labels: labels, width: record.painted.width,
      height: record.painted.height, settings: record.settings.prior, detector: detector,
      check: check)
    let shapes = try LabelImage(contentsOf: made.mask).coloured()
    return [
      photograph, labels.coloured(), priors.blend, generated, generated.tinted(with: shapes),
    ]
  }

  private func entry(_ stem: String) throws -> VOCDataset.Entry {
    guard let entry = files[stem] else {
      throw AugmentationError(
        .badData,
        "\(LedgerRecord.file) names '\(stem)', whose photograph or mask is not in the folder. Give the "
          + "augmentation's command again: it makes what is missing.")
    }
    return entry
  }
}

extension Image {
  /// Half of this picture and half of a mask's colours, where these are not black.
  fileprivate func tinted(with colours: Image) -> Image {
    var mixed = pixels
    for first in stride(from: 0, to: mixed.count, by: 3) {
      let samples = first..<first + 3
      if colours.pixels[samples].allSatisfy({ $0 == 0 }) { continue }
      for i in samples { mixed[i] = pixels[i] / 2 + colours.pixels[i] / 2 }
    }
    return Image(width: width, height: height, channels: 3, pixels: mixed)
  }
}
