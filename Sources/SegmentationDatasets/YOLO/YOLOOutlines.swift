import Foundation
import ImageFiles

/// The outlines in one of YOLO's text files.
struct YOLOOutlines {
  let file: URL
  /// The names of the file's numbers.
  let classes: [Int: String]
  let labels: LabelNames

  /// The objects; the smaller one is in front.
  ///
  /// - Throws: ``DatasetError`` with the line of what is none.
  func objects(_ stem: String, _ size: ImageSize) throws(DatasetError) -> [LabelledShape] {
    let data = try contents(of: file, "the outlines", "Check its permissions.")
    var objects: [(shape: DrawnLabels.Shape, id: UInt8)] = []
    for (index, line) in String(decoding: data, as: UTF8.self).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline
    ).enumerated() {
      let words = line.split(whereSeparator: \.isWhitespace)
      if words.isEmpty { continue }
      func complain(_ found: String, _ remedy: String) -> DatasetError {
        DatasetError([
          DatasetProblem(
            stem: stem, place: "\(file.path), line \(index + 1)", found: found, remedy: remedy)
        ])
      }
      guard let number = Int(words[0]), let name = classes[number],
        let shape = shape(words.dropFirst(), size)
      else {
        throw complain(
          "this is no outline: a class of data.yaml, and three corners or more within 0 … 1",
          "Correct the line; boxes without outlines cannot be masks.")
      }
      guard let id = labels[name] else {
        throw complain("the list of classes has no class '\(name)'", "Add it to the list.")
      }
      objects.append((shape, id))
    }
    let places = objects.indices.sorted {
      (objects[$1].shape.area, $0) < (objects[$0].shape.area, $1)
    }
    let depths = Dictionary(uniqueKeysWithValues: places.enumerated().map { ($1, $0) })
    return objects.enumerated().map {
      LabelledShape(
        shape: $0.element.shape, id: $0.element.id, group: nil, depth: depths[$0.offset, default: 0]
      )
    }
  }

  private func shape(_ words: ArraySlice<Substring>, _ size: ImageSize) -> DrawnLabels.Shape? {
    let corners = words.compactMap { Double($0) }
    guard corners.count == words.count, corners.allSatisfy({ (-0.001...1.001).contains($0) }) else {
      return nil
    }
    return .outlines([
      corners.enumerated().map {
        $0.element * Double($0.offset % 2 == 0 ? size.width : size.height)
      }
    ])
  }
}
