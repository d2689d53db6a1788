import Foundation
import ImageFiles

/// Makes COCO's panoptic segments of label images.
///
/// An object of the instance mask is a segment, and so is, of each class, all that belongs to no object. A class is a thing
/// where one of its objects is told; of a thing, what belongs to no object is a crowd. What is left open, or background, is
/// in no segment.
struct COCOPanopticWriter {
  private struct Document: Encodable {
    struct Category: Encodable {
      let id: Int
      let name: String
      let isthing: Int
      let color: [Int]
    }
    struct Segment: Encodable {
      let id, category_id, area: Int
      let bbox: [Int]
      let iscrowd: Int
    }
    struct Annotation: Encodable {
      let image_id: Int
      let file_name: String
      let segments_info: [Segment]
    }

    let images: [COCOInstances.Image]
    let annotations: [Annotation]
    let categories: [Category]
  }

  private let classes: ClassList
  private let places: [UInt8: Int]
  private var images: [(entry: SegmentationDataset.Entry, objects: LabelledObjects)] = []

  init(_ classes: ClassList) {
    self.classes = classes
    places = Dictionary(uniqueKeysWithValues: classes.ids.enumerated().map { ($1, $0 + 1) })
  }

  /// Adds an image.
  ///
  /// - Returns: A PNG of its segments, whose numbers are class · 1000, counted from 1, and the object.
  mutating func add(_ image: SegmentationDataset.Entry) throws -> Data {
    let objects = try LabelledObjects(image, classes.encoding)
    images.append((image, objects))
    let size = objects.size
    var pixels = [UInt8](repeating: 0, count: 3 * size.width * size.height)
    for object in objects.objects {
      let colour = RGB(number: UInt32(number(of: object)))
      object.runs.forEachPixel { x, y in
        let place = 3 * (y * size.width + x)
        (pixels[place], pixels[place + 1], pixels[place + 2]) = (
          colour.red, colour.green, colour.blue
        )
      }
    }
    return try Image(width: size.width, height: size.height, channels: 3, pixels: pixels).pngData()
  }

  private func number(of object: LabelledObjects.Object) -> Int {
    1000 * places[object.id, default: 0] + Int(object.instance)
  }

  /// The file that says what the segments are.
  func json() throws -> Data {
    let things = Set(images.flatMap { $0.objects.objects }.filter { $0.instance > 0 }.map(\.id))
    func segment(_ object: LabelledObjects.Object) -> Document.Segment {
      let box = object.runs.bounds
      return .init(
        id: number(of: object), category_id: Int(object.id), area: object.runs.area,
        bbox: [box.x, box.y, box.width, box.height],
        iscrowd: object.instance == 0 && things.contains(object.id) ? 1 : 0)
    }
    let categories = classes.ids.map { id in
      let colour = classes.palette[Int(id)]
      return Document.Category(
        id: Int(id), name: classes.name(of: id), isthing: things.contains(id) ? 1 : 0,
        color: [colour.red, colour.green, colour.blue].map(Int.init))
    }
    let document = Document(
      images: images.enumerated().map { index, image in
        .init(
          id: index + 1, fileName: image.entry.image.lastPathComponent,
          width: image.objects.size.width, height: image.objects.size.height)
      },
      annotations: images.enumerated().map { index, image in
        .init(
          image_id: index + 1, file_name: "\(image.entry.stem).png",
          segments_info: image.objects.objects.map(segment))
      }, categories: categories)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(document)
  }
}
