import Faults
public import Foundation
public import ImageFiles
import SegmentationDatasets

/// Instances that a run has painted anew, before and after, large enough to judge their seams.
///
/// One row an instance, each in the square that was painted: the photograph, its instance masks laid over it, and the
/// generated image. Above them stand the image's name, the instance's number and seed, and what the model was asked for.
public struct InstanceSheet: Sendable {
  /// An image of a row, with the one instance that the row shows.
  private let records: [LedgerRecord]
  private let pictures: RunPictures
  private let layout: SheetLayout

  /// Chooses instances of an augmented dataset. The run may be going on.
  ///
  /// - Parameters:
  ///   - root: The output folder of an augmentation.
  ///   - choice: Which instances to show.
  ///   - side: What the longer side of each square becomes, in pixels.
  /// - Throws: ``AugmentationError`` when there is no ledger, or no instance in it; `DatasetError` when the folder is no
  ///   dataset.
  public init(of root: URL, choosing choice: SheetChoice, side: Int) throws {
    pictures = try RunPictures(of: root) { _ in nil }
    let all = pictures.records.flatMap { record in
      (record.repainted ?? []).map { instance in
        var row = record
        row.repainted = [instance]
        return row
      }
    }
    guard !all.isEmpty else {
      throw AugmentationError(
        .request,
        "\(root.path): this run painted whole images, and no instances by themselves. Look at the images."
      )
    }
    records = try choice.records(of: all)
    layout = SheetLayout(side: side, headings: ["photograph", "instances", "generated"])
  }

  /// Reads the images and draws the sheet.
  ///
  /// - Parameter check: Called between two pieces of work; what it throws ends the drawing.
  /// - Throws: What reading an image throws.
  public func image(check: () throws -> Void = {}) throws -> Image {
    var sheet = layout.emptySheet(rows: records.count)
    for (row, record) in records.enumerated() {
      try check()
      guard let instance = record.repainted?.first else { continue }
      layout.place(
        try images(of: instance, in: record, check),
        under:
          "\(record.name)  instance \(instance.instance)  seed \(instance.seed)  \(instance.prompt)",
        row: row, into: &sheet)
    }
    return sheet
  }

  private func images(
    of instance: RepaintedInstance, in record: LedgerRecord, _ check: () throws -> Void
  ) throws -> [Image?] {
    let made = try pictures.result(of: record).image
    let numbers = try pictures.instances(of: record)
    let photograph = try pictures.source(of: record, check: check)?.photograph
    let margin = record.settings.instances?.margin ?? 1
    return [photograph, (photograph ?? made).tinted(with: numbers, leaving: 0), made].map {
      $0?.square(around: instance.box, margin)
    }
  }
}

extension Image {
  /// The part of an image in the square around a box, as far as the image reaches.
  fileprivate func square(around box: RepaintedInstance.Box, _ margin: Double) -> Image {
    let side = Int((Double(max(box.width, box.height)) * margin).rounded(.up))
    let part = size.square(of: side, around: (box.x, box.y, box.width, box.height))
    return cropped(x: part.x, y: part.y, width: part.width, height: part.height)
  }
}
