import Foundation
import ImageFiles

/// The outlines in one of YOLO's text files.
struct YOLOOutlines {
  /// An object, and its ids in the mask and among the instances.
  struct Object {
    let shape: DrawnLabels.Shape
    let id, instance: UInt8
  }

  let file: URL
  let classes: [UInt8: String]

  /// The objects, the largest first.
  ///
  /// - Throws: ``DatasetError`` with the line of what is none.
  func objects(_ stem: String, _ size: ImageSize) throws(DatasetError) -> [Object] {
    let data = try contents(of: file, "the outlines", "Check its permissions.")
    var objects: [Object] = []
    for (index, line) in String(decoding: data, as: UTF8.self).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline
    ).enumerated() {
      let words = line.split(whereSeparator: \.isWhitespace)
      if words.isEmpty { continue }
      guard let object = object(words, UInt8(min(objects.count + 1, 255)), size) else {
        throw DatasetError([
          DatasetProblem(
            stem: stem, place: "\(file.path), line \(index + 1)",
            found:
              "this is no outline: a class of data.yaml, and three corners or more within 0 … 1",
            remedy: "Correct the line; boxes without outlines cannot be masks.")
        ])
      }
      objects.append(object)
    }
    guard objects.count <= LabelNumbers.mostObjects else {
      throw DatasetError(
        file.path, "there are \(objects.count) objects", "An image has room for 254.")
    }
    return objects.enumerated().sorted {
      ($1.element.shape.area, $0.offset) < ($0.element.shape.area, $1.offset)
    }.map(\.element)
  }

  private func object(_ words: [Substring], _ instance: UInt8, _ size: ImageSize) -> Object? {
    let corners = words.dropFirst().compactMap { Double($0) }
    guard let number = UInt8(words[0]), number < 255, classes[number + 1] != nil,
      corners.count == words.count - 1, corners.count >= 6, corners.count % 2 == 0,
      corners.allSatisfy({ (-0.001...1.001).contains($0) })
    else { return nil }
    let pixels = corners.enumerated().map {
      $0.element * Double($0.offset % 2 == 0 ? size.width : size.height)
    }
    return Object(shape: .polygons([pixels]), id: number + 1, instance: instance)
  }
}
