import Foundation
import ImageFiles

/// Writes files of Datumaro: a mask for each object, and for what is in none of each class.
enum DatumaroWriter {
  private struct Document: Encodable {
    struct Label: Encodable {
      let name: String
      let parent = ""
      let attributes: [String] = []
    }
    struct Labels: Encodable {
      let labels: [Label]
      let attributes: [String] = []
    }
    struct Colour: Encodable { let label_id, r, g, b: Int }
    struct Colours: Encodable { let colormap: [Colour] }
    struct Categories: Encodable {
      let label: Labels
      let mask: Colours
    }
    struct Runs: Encodable {
      let counts: String
      let size: [Int]
    }
    struct Annotation: Encodable {
      let id: Int
      let type = "mask"
      let attributes: [String: String] = [:]
      let group: Int
      let label_id: Int
      let z_order = 0
      let rle: Runs
    }
    struct Media: Encodable {
      let path: String
      let size: [Int]
    }
    struct Item: Encodable {
      let id: String
      let annotations: [Annotation]
      let attr: [String: String] = [:]
      let image: Media
    }

    let info: [String: String] = [:]
    let categories: Categories
    let items: [Item]
  }

  static func data(
    for images: [SegmentationDataset.Entry], _ classes: ClassList
  ) throws -> Data {
    let ids = classes.ids
    let numbers = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
    let items = try images.map { image in
      let objects = try LabelledObjects(image, classes.encoding)
      return Document.Item(
        id: image.stem,
        annotations: objects.objects.enumerated().map { index, object in
          .init(
            id: index, group: Int(object.instance), label_id: numbers[object.id, default: 0],
            rle: .init(counts: object.runs.text, size: [objects.size.height, objects.size.width]))
        },
        image: .init(
          path: image.image.lastPathComponent, size: [objects.size.height, objects.size.width]))
    }
    let colours = ids.enumerated().map { number, id in
      let colour = classes.palette[Int(id)]
      return Document.Colour(
        label_id: number, r: Int(colour.red), g: Int(colour.green), b: Int(colour.blue))
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(
      Document(
        categories: .init(
          label: .init(labels: ids.map { .init(name: classes.name(of: $0)) }),
          mask: .init(colormap: colours)), items: items)) + Data("\n".utf8)
  }
}
