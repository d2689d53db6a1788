import Foundation
import ImageFiles
import SegmentationDatasets
import TestSupport

/// A small VOC dataset in a folder of its own, removed with the last reference.
final class TemporaryDataset: Sendable {
  private let temporary: TemporaryFolder
  var folder: URL { temporary.url }
  let root: URL

  init(inside path: String = "") throws {
    temporary = try TemporaryFolder()
    root = path.isEmpty ? temporary.url : temporary.appending(path)
    for name in ["JPEGImages", "SegmentationClass", "ImageSets/Segmentation"] {
      try FileManager.default.createDirectory(
        at: root.appending(path: name), withIntermediateDirectories: true)
    }
  }

  func write(_ data: Data, _ path: String) throws {
    try data.write(to: root.appending(path: path))
  }

  func writeSplit(_ text: String, named name: String = "train") throws {
    try write(Data(text.utf8), "ImageSets/Segmentation/\(name).txt")
  }

  /// Writes a photograph of 4 × 3 pixels and a mask that begins with some ids, then has 0.
  func writePair(_ stem: String, ids: [UInt8], extension: String = "jpg") throws {
    let photograph = Image(width: 4, height: 3, channels: 3, fill: 90)
    let isPNG = `extension` == "png"
    try write(
      isPNG ? photograph.pngData() : photograph.jpegData(), "JPEGImages/\(stem).\(`extension`)")
    let padded = ids + [UInt8](repeating: 0, count: 12 - ids.count)
    try writeMask(stem, LabelImage(width: 4, height: 3, ids: padded, palette: Palette.voc))
  }

  func writeMask(_ stem: String, _ mask: LabelImage) throws {
    try write(mask.pngData(), "SegmentationClass/\(stem).png")
  }

  func open(split: String = "train") throws -> SegmentationDataset {
    try SegmentationDataset(root: folder, split: split)
  }
}
