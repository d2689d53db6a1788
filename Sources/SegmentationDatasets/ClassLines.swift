import Foundation
import ImageFiles

/// The lines of a list of classes.
struct ClassLines {
  /// Makes the error about a line.
  let error: (String) -> DatasetError

  /// One entry a line; empty lines, comments and the heading `id,name` are left out.
  func entries(_ text: String) throws -> [ClassEntry] {
    var entries: [ClassEntry] = []
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    for (index, line) in lines.enumerated() {
      let content = line.trimmingCharacters(in: .whitespaces)
      let place = "line \(index + 1)"
      if content.isEmpty || content.hasPrefix("#") { continue }
      if entries.isEmpty, try isHeading(content, place) { continue }
      entries.append(try entry(content, place))
    }
    return entries
  }

  /// Whether a file's first line names the columns of a table instead of a class.
  private func isHeading(_ line: String, _ place: String) throws -> Bool {
    let columns = Self.columns(line.lowercased()).flatMap {
      $0.split(separator: " ").map(String.init)
    }
    let words = columns.count > 1 ? Self.words.union(Self.colours) : Self.words
    guard columns.allSatisfy({ words.contains($0) || Self.ids.contains($0) }) else { return false }
    if columns.count == 2, Self.ids.contains(columns[0]), Self.words.contains(columns[1]) {
      return true
    }
    throw error("\(place), '\(line)', is the heading of a table")
  }

  private func entry(_ line: String, _ place: String) throws -> ClassEntry {
    let columns = line.split(separator: ":", omittingEmptySubsequences: false)
    if columns.count > 1 {
      let name = columns[0].trimmingCharacters(in: .whitespaces)
      return ClassEntry(place: place, id: nil, name: name, colour: try colour(columns[1], place))
    }
    let words = line.split(maxSplits: 1) { $0.isWhitespace || Self.separators.contains($0) }
    let id = words.count == 2 ? Int(words[0]) : nil
    let name = id == nil ? line : words[1].trimmingCharacters(in: .whitespaces)
    guard !Self.columns(name).dropFirst().contains(where: { Int($0) != nil }) else {
      throw error("\(place), '\(line)', is the row of a table with more than ids and names")
    }
    return ClassEntry(place: place, id: id, name: name)
  }

  private func colour(_ text: Substring, _ place: String) throws -> RGB? {
    if text.isEmpty { return nil }
    let channels = text.split(separator: ",").compactMap {
      UInt8($0.trimmingCharacters(in: .whitespaces))
    }
    guard channels.count == 3 else {
      throw error("\(place) has the colour '\(text)' instead of r,g,b within 0…255")
    }
    return RGB(channels[0], channels[1], channels[2])
  }

  private static func columns(_ line: String) -> [String] {
    line.split(omittingEmptySubsequences: false, whereSeparator: separators.contains)
      .map { $0.trimmingCharacters(in: .whitespaces.union(CharacterSet(charactersIn: "\""))) }
  }

  private static let separators: Set<Character> = [",", ";", "\t"]
  private static let ids: Set = [
    "id", "index", "idx", "class_id", "classid", "label_id", "labelid", "trainid", "train_id",
  ]
  private static let words: Set = [
    "name", "names", "class", "classes", "class_name", "label", "labels", "label_name", "category",
  ]
  private static let colours: Set = [
    "r", "g", "b", "red", "green", "blue", "color", "colour", "rgb", "hex",
  ]
}
