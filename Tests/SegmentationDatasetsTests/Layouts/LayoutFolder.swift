import Foundation
import ImageFiles
import SegmentationDatasets
import TestSupport

/// A folder in which a test lays out a small dataset.
final class LayoutFolder: Sendable {
  private let temporary: TemporaryFolder
  var root: URL { temporary.url }
  static let size = ImageSize(width: 4, height: 3)

  init() throws { temporary = try TemporaryFolder() }

  func write(_ data: Data, _ path: String) throws { try temporary.write(data, path) }
  func write(_ text: String, _ path: String) throws { try temporary.write(text, path) }

  func remove(_ path: String) throws {
    try FileManager.default.removeItem(at: temporary.appending(path))
  }

  /// Writes a photograph of 4 × 3 pixels, as PNG or JPEG by its name.
  func photograph(_ path: String) throws {
    let image = Image(width: Self.size.width, height: Self.size.height, channels: 3, fill: 90)
    try write(path.hasSuffix("png") ? image.pngData() : image.jpegData(), path)
  }

  /// Writes a mask that begins with some ids and goes on with the first of them.
  func mask(_ path: String, _ ids: [UInt8]) throws {
    try write(Self.labels(ids).pngData(), path)
  }

  static func labels(_ ids: [UInt8]) -> LabelImage {
    let rest = [UInt8](repeating: ids[0], count: size.width * size.height - ids.count)
    return LabelImage(width: size.width, height: size.height, ids: ids + rest)
  }

  /// Opens what a command would find here.
  func open(_ split: String = "train", _ name: String? = nil) throws -> SegmentationDataset {
    let layout =
      name.flatMap(DatasetLayouts.named) ?? DatasetLayouts.layout(of: temporary.url)
    return try SegmentationDataset(root: root, split: split, layout: layout)
  }

  /// What an attempt to read everything says.
  func message(_ split: String = "train", _ name: String? = nil) -> String {
    do {
      _ = try open(split, name).scan().settle(skippingInvalid: false)
      return "no error"
    } catch { return "\(error)" }
  }
}
