import Foundation
import ImageFiles

/// Writes YOLO's outlines: one for each object, and for what is in none of each class.
struct YOLOWriter {
  private let classes: ClassList
  private let numbers: [UInt8: Int]

  init(_ classes: ClassList) {
    self.classes = classes
    numbers = Dictionary(uniqueKeysWithValues: classes.ids.enumerated().map { ($1, $0) })
  }

  /// The classes, as Ultralytics reads them.
  var names: Data {
    let lines = classes.ids.map { id in
      let name = classes.name(of: id)
      return "  \(numbers[id, default: 0]): '\(name.replacing("'", with: "''"))'\n"
    }
    return Data(
      """
      # Ultralytics: validate on photographs, never on repaintings: where there is no images/val, name another folder.
      train: images/train
      val: images/val
      names:
      \(lines.joined())
      """.utf8)
  }

  /// An object a line, in shares of the sides.
  func outlines(of image: SegmentationDataset.Entry) throws -> Data {
    let objects = try LabelledObjects(image, classes.encoding)
    let lines = objects.objects.map { object in
      let corners = object.runs.outline.enumerated().map { place, value in
        Self.text(of: value / Double(place % 2 == 0 ? objects.size.width : objects.size.height))
      }
      return "\(numbers[object.id, default: 0]) \(corners.joined(separator: " "))\n"
    }
    return Data(lines.joined().utf8)
  }

  /// A number in 0 … 1 with six digits.
  private static func text(of share: Double) -> String {
    let digits = String(Int((share * 1e6).rounded()))
    if digits.count > 6 { return "1" }
    let all = String(repeating: "0", count: 6 - digits.count) + digits
    let end = all.reversed().drop { $0 == "0" }.reversed()
    return end.isEmpty ? "0" : "0." + String(end)
  }
}
