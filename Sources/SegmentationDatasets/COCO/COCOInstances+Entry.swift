import Foundation
import ImageFiles

extension COCOInstances {
  /// A whole file.
  struct Document: Codable {
    let images: [Image]
    let categories: [Category]
    let annotations: [Entry]
  }

  /// An object as files spell it.
  struct Entry: Codable {
    let id: Int?
    let imageID, categoryID: Int
    let segmentation: Segmentation
    let area: Double?
    /// Left, top, width and height.
    let bbox: [Double]?
    let isCrowd: Int?
    let score: Double?

    private enum CodingKeys: String, CodingKey {
      case id, segmentation, area, bbox, score
      case imageID = "image_id"
      case categoryID = "category_id"
      case isCrowd = "iscrowd"
    }

    init(_ annotation: Annotation, id: Int) {
      self.id = id
      (imageID, categoryID) = (annotation.image, annotation.category)
      let (mask, box) = (annotation.mask, annotation.mask.bounds)
      segmentation = .runs(size: [mask.height, mask.width], .text(mask.text))
      area = Double(mask.area)
      bbox = [box.x, box.y, box.width, box.height].map(Double.init)
      isCrowd = 0
      score = annotation.score
    }

    /// - Throws: ``DatasetError`` for an object without runs.
    func annotation(in file: URL) throws(DatasetError) -> Annotation {
      guard let mask = segmentation.mask else {
        let name = id.map(String.init) ?? "of image \(imageID)"
        throw DatasetError(
          file.path, "object \(name) has no run-length mask that fills its image",
          "Polygons are not read; write masks with pycocotools' 'encode', or with 'spolvero segment'."
        )
      }
      return Annotation(image: imageID, category: categoryID, mask: mask, score: score)
    }
  }

  /// The pixels of an object as files spell them.
  enum Segmentation: Codable {
    case runs(size: [Int], Counts)
    case polygons

    private enum CodingKeys: String, CodingKey { case size, counts }

    init(from decoder: any Decoder) throws {
      guard let file = try? decoder.container(keyedBy: CodingKeys.self) else {
        self = .polygons
        return
      }
      self = .runs(
        size: try file.decode([Int].self, forKey: .size),
        try file.decode(Counts.self, forKey: .counts))
    }

    func encode(to encoder: any Encoder) throws {
      guard case .runs(let size, let counts) = self else { return }
      var file = encoder.container(keyedBy: CodingKeys.self)
      try file.encode(size, forKey: .size)
      try file.encode(counts, forKey: .counts)
    }

    /// The pixels; nil for polygons and runs that do not fill the image.
    var mask: RunLengthMask? {
      guard case .runs(let size, let counts) = self, size.count == 2 else { return nil }
      return switch counts {
      case .text(let text): RunLengthMask(width: size[1], height: size[0], text: text)
      case .numbers(let numbers): RunLengthMask(width: size[1], height: size[0], numbers)
      }
    }
  }

  /// Lengths of runs, as text or as numbers.
  enum Counts: Codable {
    case text(String)
    case numbers([Int])

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      self =
        if let text = try? value.decode(String.self) { .text(text) } else {
          .numbers(try value.decode([Int].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
      var value = encoder.singleValueContainer()
      switch self {
      case .text(let text): try value.encode(text)
      case .numbers(let numbers): try value.encode(numbers)
      }
    }
  }
}
