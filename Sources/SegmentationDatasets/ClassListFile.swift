public import Foundation
import ImageFiles

extension ClassList {
  /// Reads a list of classes. These forms are understood:
  ///
  /// - a name a line, or a JSON list of names: ids count from 0 when the first name is
  ///   `background`, otherwise from 1;
  /// - `id name` a line, or a JSON object `{"id": "name"}`;
  /// - `name:r,g,b::` a line, the `labelmap.txt` of CVAT, which also gives the colours.
  ///
  /// Empty lines and lines that begin with `#` are skipped. An entry for 255 is ignored.
  ///
  /// - Throws: ``DatasetError`` with the line, for names or ids that are missing, repeated, mixed in
  ///   form or out of range.
  public init(contentsOf url: URL) throws {
    let text = try ClassListFile.read(url)
    let file = ClassListFile(path: url.path)
    let start = text.first { !$0.isWhitespace }
    let entries = try start == "[" || start == "{" ? file.json(text) : file.lines(text)
    self = try file.list(entries)
  }
}

/// One class as a file gives it.
private struct ClassEntry {
  /// Such as `line 3`.
  let place: String
  let id: Int?
  let name: String
  let colour: RGB?
}

private struct ClassListFile {
  let path: String

  static func read(_ url: URL) throws -> String {
    guard let data = try? Data(contentsOf: url) else {
      throw DatasetError(
        url.path, "the list of classes cannot be read", "Check the path.", isMissing: true)
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw DatasetError(url.path, "the list of classes is not UTF-8 text", "Save it as UTF-8.")
    }
    return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
  }

  func json(_ text: String) throws -> [ClassEntry] {
    let decoder = JSONDecoder()
    let data = Data(text.utf8)
    if let names = try? decoder.decode([String].self, from: data) {
      return names.enumerated().map {
        ClassEntry(place: "name \($0.offset + 1)", id: nil, name: $0.element, colour: nil)
      }
    }
    guard let names = try? decoder.decode([String: String].self, from: data) else {
      throw error("this is neither a JSON list of names nor an object {\"id\": \"name\"}")
    }
    return try names.sorted { $0.key < $1.key }.map { key, name in
      guard let id = Int(key) else { throw error("the key \"\(key)\" is not an id") }
      return ClassEntry(place: "id \(id)", id: id, name: name, colour: nil)
    }
  }

  func lines(_ text: String) throws -> [ClassEntry] {
    try text.split(omittingEmptySubsequences: false) { $0.isNewline }.enumerated()
      .compactMap { index, line in
        let content = line.trimmingCharacters(in: .whitespaces)
        if content.isEmpty || content.hasPrefix("#") { return nil }
        return try entry(content, place: "line \(index + 1)")
      }
  }

  private func entry(_ line: String, place: String) throws -> ClassEntry {
    let columns = line.split(separator: ":", omittingEmptySubsequences: false)
    if columns.count > 1 {
      let channels = columns[1].split(separator: ",").compactMap {
        UInt8($0.trimmingCharacters(in: .whitespaces))
      }
      guard channels.count == 3 || columns[1].isEmpty else {
        throw error("\(place) has the colour '\(columns[1])' instead of r,g,b within 0…255")
      }
      let colour = channels.isEmpty ? nil : RGB(channels[0], channels[1], channels[2])
      let name = columns[0].trimmingCharacters(in: .whitespaces)
      return ClassEntry(place: place, id: nil, name: name, colour: colour)
    }
    let words = line.split(maxSplits: 1) { $0.isWhitespace }
    if words.count == 2, let id = Int(words[0]) {
      return ClassEntry(
        place: place, id: id, name: words[1].trimmingCharacters(in: .whitespaces), colour: nil)
    }
    return ClassEntry(place: place, id: nil, name: line, colour: nil)
  }

  /// Numbers the entries and checks them together.
  func list(_ entries: [ClassEntry]) throws -> ClassList {
    guard let first = entries.first else { throw error("there is no name in the file") }
    let firstId = isBackground(first.name) ? 0 : 1
    var names: [UInt8: String] = [:]
    var palette = Palette.voc
    for (index, entry) in entries.enumerated() {
      guard (entry.id == nil) == (first.id == nil) else {
        throw error("\(entry.place) has another form than the entries before it")
      }
      let id = try checked(entry.id ?? firstId + index, of: entry, among: names)
      if let colour = entry.colour { palette[Int(id)] = colour }
      if id != ClassList.background && id != ClassList.border { names[id] = entry.name }
    }
    if names.isEmpty { throw error("there is no class besides the background") }
    return ClassList(names: names, palette: palette)
  }

  private func checked(
    _ id: Int, of entry: ClassEntry, among names: [UInt8: String]
  ) throws -> UInt8 {
    guard let id = UInt8(exactly: id) else {
      throw error("\(entry.place) has the id \(id), but ids are 0…255")
    }
    if entry.name.isEmpty { throw error("\(entry.place) has no name") }
    if let other = names[id] {
      throw error("\(entry.place) gives the id \(id), which is '\(other)' already, again")
    }
    if names.values.contains(entry.name) {
      throw error("\(entry.place) repeats the name '\(entry.name)'")
    }
    if id == ClassList.background && !isBackground(entry.name) {
      throw error("\(entry.place) gives id 0 to '\(entry.name)', but 0 is the background")
    }
    return id
  }

  private func isBackground(_ name: String) -> Bool {
    let word = name.lowercased().trimmingCharacters(in: CharacterSet(charactersIn: "_"))
    return ["background", "unlabeled", "unlabelled", "other"].contains(word)
  }

  private func error(_ found: String) -> DatasetError {
    DatasetError(
      path, found,
      "Write one name a line, `id name` a line, `name:r,g,b::` a line, or JSON; each class once.")
  }
}
