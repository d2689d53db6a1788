import DurableFiles
import Faults
import Foundation

/// COCO's captions file: images and captions as two lists, joined by the image's id.
struct COCOCaptions: Decodable {
  struct Picture: Decodable {
    let id: Int
    let fileName: String

    enum CodingKeys: String, CodingKey {
      case id
      case fileName = "file_name"
    }
  }

  struct Annotation: Decodable {
    let imageID: Int
    let caption: String

    enum CodingKeys: String, CodingKey {
      case caption
      case imageID = "image_id"
    }
  }

  /// Tells this layout from a single line of captions.
  private struct Probe: Decodable {
    let hasAnnotations: Bool

    init(from decoder: any Decoder) throws {
      hasAnnotations = try decoder.container(keyedBy: CodingKeys.self).contains(.annotations)
    }
  }

  private enum CodingKeys: String, CodingKey { case images, annotations }

  let images: [Picture]
  let annotations: [Annotation]

  /// The file's captions in their order, or nil for a file of another kind.
  static func captions(in data: Data, name: String) throws -> [Caption]? {
    let probe = try? JSONDecoder.python.decode(Probe.self, from: data)
    guard probe?.hasAnnotations == true else { return nil }
    do {
      let file = try JSONDecoder.python.decode(COCOCaptions.self, from: data)
      let names = Dictionary(file.images.map { ($0.id, $0.fileName) }) { first, _ in first }
      return try file.annotations.map { annotation in
        guard let image = names[annotation.imageID] else {
          throw AugmentationError(
            .badData,
            "\(name): a caption belongs to image_id \(annotation.imageID), which is not among the "
              + "file's images. Export the captions again.")
        }
        return Caption(image: image, text: annotation.caption)
      }
    } catch let error as DecodingError {
      throw AugmentationError(
        .badData,
        "\(name): not COCO captions (\(summary(of: error))). Expected images with id and file_name, and "
          + "annotations with image_id and caption.")
    }
  }
}
