import DurableFiles
import Foundation
import ImageFiles
import ImageSegmentation
import SegmentationDatasets

/// Collects the objects of images for a file, and reports them.
struct InstanceWriter {
  private let segmenter: any InstanceSegmenter
  private let target: URL
  private let minScore: Float
  private var found: COCOInstances

  /// - Parameters:
  ///   - segmenter: Finds the objects.
  ///   - target: The file.
  ///   - minScore: How sure it must be of an object.
  init(_ segmenter: any InstanceSegmenter, to target: URL, minScore: Float) {
    (self.segmenter, self.target, self.minScore) = (segmenter, target, minScore)
    found = COCOInstances(
      images: [],
      categories: segmenter.classes.enumerated().map {
        COCOInstances.Category(id: $0.offset, name: $0.element)
      }, annotations: [])
  }

  /// Finds the objects of an image, and says what they are.
  mutating func add(_ image: Image, at url: URL, asJSON: Bool) throws {
    let objects = try segmenter.instances(of: image, threshold: minScore)
    let id = found.images.count + 1
    found.images.append(
      COCOInstances.Image(
        id: id, fileName: url.lastPathComponent, width: image.width, height: image.height))
    found.annotations += objects.map {
      COCOInstances.Annotation(
        image: id, category: $0.classID, mask: $0.mask, score: Double($0.score))
    }
    let names = objects.map { (segmenter.classes[$0.classID], $0) }
    guard asJSON else {
      let list = names.map { "\($0.0) \(Double($0.1.score).text(places: 2))" }
      return try Console.result([
        "\(url.relativePath): "
          + (list.isEmpty ? "no objects" : list.joined(separator: ", "))
      ])
    }
    try Console.result(
      json: FoundObjects(
        image: url.relativePath,
        objects: names.map { name, object in
          let box = object.mask.bounds
          return FoundObjects.Object(
            name: name, id: object.classID, score: object.score, area: object.mask.area,
            box: [box.x, box.y, box.width, box.height])
        }))
  }

  /// Writes the file.
  func write() throws { try writeAtomically(found.json(), to: target) }
}

/// What `--json` prints of an image's objects.
private struct FoundObjects: Encodable {
  struct Object: Encodable {
    let name: String
    let id: Int
    let score: Float
    /// In pixels.
    let area: Int
    /// Left, top, width and height.
    let box: [Int]
  }

  let image: String
  let objects: [Object]
}
