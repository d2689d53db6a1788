import Foundation
import ImageFiles

/// Writes files of labelme: an outline for each object, and for what is in none of each class.
enum LabelMeWriter {
  /// What labelme wants to be there, and to be nothing.
  private struct Null: Encodable {
    func encode(to encoder: any Encoder) throws {
      var value = encoder.singleValueContainer()
      try value.encodeNil()
    }
  }

  private struct Document: Encodable {
    struct Shape: Encodable {
      let label: String
      let points: [[Double]]
      let group_id: Int?
      let shape_type = "polygon"
      let flags: [String: Bool] = [:]
    }

    let version = "5.0.1"
    let flags: [String: Bool] = [:]
    let shapes: [Shape]
    let imagePath: String
    let imageData = Null()
    let imageHeight, imageWidth: Int
  }

  static func data(
    for photograph: URL, _ objects: LabelledObjects, _ classes: ClassList
  ) throws -> Data {
    let shapes = objects.objects.map { object in
      let outline = object.runs.outline
      return Document.Shape(
        label: classes.name(of: object.id),
        points: stride(from: 0, to: outline.count, by: 2).map { [outline[$0], outline[$0 + 1]] },
        group_id: object.instance == 0 ? nil : Int(object.instance))
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(
      Document(
        shapes: shapes, imagePath: photograph.lastPathComponent, imageHeight: objects.size.height,
        imageWidth: objects.size.width)) + Data("\n".utf8)
  }
}
