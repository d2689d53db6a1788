import DurableFiles
public import Foundation
public import ImageFiles

/// Objects of images in COCO's format: as its annotations, with a score for each object that a program has found, or as a
/// list of the objects alone, COCO's format of results.
public struct COCOInstances: Sendable, Equatable {
  /// An image.
  public struct Image: Codable, Sendable, Equatable {
    /// Its number.
    public let id: Int
    /// Its file.
    public let fileName: String
    /// Its sides, in pixels.
    public let width, height: Int

    private enum CodingKeys: String, CodingKey {
      case id, width, height
      case fileName = "file_name"
    }

    /// Names an image.
    public init(id: Int, fileName: String, width: Int, height: Int) {
      (self.id, self.fileName, self.width, self.height) = (id, fileName, width, height)
    }
  }

  /// A class.
  public struct Category: Codable, Sendable, Equatable {
    /// Its number.
    public let id: Int
    /// What it is called.
    public let name: String

    /// Names a class.
    public init(id: Int, name: String) { (self.id, self.name) = (id, name) }
  }

  /// An object.
  public struct Annotation: Sendable, Equatable {
    /// The image's number.
    public let image: Int
    /// The class's.
    public let category: Int
    /// The object's pixels.
    public let mask: RunLengthMask
    /// How sure a program is; nil for an object that is known.
    public let score: Double?

    /// Collects what is known of the object.
    public init(image: Int, category: Int, mask: RunLengthMask, score: Double? = nil) {
      (self.image, self.category, self.mask, self.score) = (image, category, mask, score)
    }
  }

  /// The images; none where a list names objects alone.
  public var images: [Image]
  /// The classes; none where a list names objects alone.
  public var categories: [Category]
  /// The objects.
  public var annotations: [Annotation]

  /// Collects images, classes and objects.
  public init(images: [Image], categories: [Category], annotations: [Annotation]) {
    (self.images, self.categories, self.annotations) = (images, categories, annotations)
  }

  /// Reads a file.
  ///
  /// - Throws: ``DatasetError`` for a file that is not there or of another format, and for objects without runs.
  public init(contentsOf file: URL) throws {
    let format = "objects in COCO's format, with run-length masks, or a list of them"
    let data = try SegmentationDatasets.contents(
      of: file, "the file", "Give a JSON file of \(format).")
    do {
      if let list = try? JSONDecoder().decode([Entry].self, from: data) {
        let annotations = try list.map { try $0.annotation(in: file) }
        self.init(images: [], categories: [], annotations: annotations)
      } else {
        let contents = try JSONDecoder().decode(Document.self, from: data)
        self.init(
          images: contents.images, categories: contents.categories,
          annotations: try contents.annotations.map { try $0.annotation(in: file) })
      }
    } catch let error as DecodingError {
      throw DatasetError(
        file.path, "this holds no \(format) (\(summary(of: error)))",
        "'spolvero segment' writes such files.")
    }
  }

  /// The contents of a file, with the objects' numbers, sizes and boxes.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(
      Document(
        images: images, categories: categories,
        annotations: annotations.enumerated().map { Entry($0.element, id: $0.offset + 1) }))
  }
}
