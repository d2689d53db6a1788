import DurableFiles
import Foundation
import ImageFiles

/// A file of COCO's annotations: instances or panoptic segments of many images.
struct COCOFile: Decodable, Sendable {
  /// An image's number, or its name in datasets that number none.
  enum ID: Hashable, Sendable {
    case number(Int)
    case name(String)
  }

  struct Image: Decodable, Sendable {
    let id: ID
    let file_name: String
    let width, height: Int
  }

  struct Category: Decodable, Sendable {
    let id: Int
    let name: String
    /// 1 for things, which are counted; 0 for stuff. Files of instances do not say it.
    let isthing: Int?
  }

  struct Annotation: Decodable, Sendable {
    let image_id: ID
    /// Of an instance.
    let category_id: Int?
    let segmentation: COCOSegmentation?
    let area: Double?
    let iscrowd: Int?
    /// Of panoptic segments: the PNG.
    let file_name: String?
    let segments_info: [Segment]?
  }

  struct Segment: Decodable, Sendable {
    let id, category_id: Int
    let iscrowd: Int?
  }

  let images: [Image]
  let annotations: [Annotation]
  let categories: [Category]

  /// Reads a file.
  ///
  /// - Throws: ``DatasetError`` for one that cannot be read or is no such file.
  static func read(_ url: URL) throws -> COCOFile {
    let data = try contents(of: url, "the file of annotations", "Check its permissions.")
    do { return try JSONDecoder().decode(COCOFile.self, from: data) } catch {
      let reason = (error as? DecodingError).map { " (\(summary(of: $0)))" } ?? ""
      throw DatasetError(
        url.path, "this is no file of COCO's annotations\(reason)",
        "Expected an object with images, annotations and categories.")
    }
  }
}

extension COCOFile.ID: Decodable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    self =
      try (try? container.decode(Int.self)).map(Self.number)
      ?? .name(container.decode(String.self))
  }
}

/// Where an instance is, in one of COCO's three ways to write it.
enum COCOSegmentation: Decodable, Sendable {
  case polygons([[Double]])
  /// Runs as numbers, or as text; of an image's height and width.
  case runs([Int], size: [Int])
  case text(String, size: [Int])

  private enum CodingKeys: String, CodingKey { case size, counts }

  init(from decoder: any Decoder) throws {
    if let polygons = try? decoder.singleValueContainer().decode([[Double]].self) {
      self = .polygons(polygons)
      return
    }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let size = try container.decode([Int].self, forKey: .size)
    self =
      try (try? container.decode([Int].self, forKey: .counts)).map { .runs($0, size: size) }
      ?? .text(container.decode(String.self, forKey: .counts), size: size)
  }

  /// The shape, or nil for one that is none: runs that do not fill their image, or an outline of less than three
  /// corners or of numbers beyond any image.
  var shape: DrawnLabels.Shape? {
    switch self {
    case .polygons(let polygons): return .outlines(polygons)
    case .runs(let counts, let size):
      guard size.count == 2 else { return nil }
      return RunLengthMask(width: size[1], height: size[0], counts).map { .runs($0) }
    case .text(let text, let size):
      guard size.count == 2 else { return nil }
      return RunLengthMask(width: size[1], height: size[0], text: text).map { .runs($0) }
    }
  }
}
