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
  private let pictures: RunPictures
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
    pictures = try RunPictures(of: root, annotator: annotator)
    records = try choice.records(of: pictures.records)
    layout = SheetLayout(side: side, controlImages: pictures.priors.count)
  }

  /// Reads the images and draws the sheet.
  ///
  /// - Parameter check: Called between two pieces of work; what it throws ends the drawing.
  /// - Throws: What reading an image throws.
  public func image(check: () throws -> Void = {}) throws -> Image {
    var sheet = layout.emptySheet(rows: records.count)
    for (row, record) in records.enumerated() {
      try check()
      layout.place(try images(of: record, check), under: text(on: record), row: row, into: &sheet)
    }
    return sheet
  }

  private func text(on record: LedgerRecord) -> String {
    let fit = record.fit.map { "fit \($0)  " } ?? ""
    return "\(record.name)  \(fit)\(record.prompt)"
  }

  private func images(of record: LedgerRecord, _ check: () throws -> Void) throws -> [Image?] {
    let (image, mask) = try pictures.result(of: record)
    let classes = pictures.classes
    let overlay = image.tinted(with: mask, classes.palette, leaving: classes.background)
    let source = try pictures.source(of: record, check: check)
    let labels = (source?.labels ?? mask).coloured(with: classes.palette)
    let controls = source?.priors.map { $0?.blend.rgb() } ?? pictures.priors.map { _ in nil }
    return [source?.photograph, labels] + controls + [image, overlay]
  }
}
