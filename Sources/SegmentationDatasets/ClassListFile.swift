import DurableFiles
import Faults
public import Foundation
import ImageFiles

extension ClassList {
  /// Reads a list of classes. These forms are understood:
  ///
  /// - a name a line, or a JSON list of names: ids count from 0 when the first name is `background`,
  ///   also after labelme's `__ignore__`. Otherwise from `firstID` or, without one, from 1 if the masks
  ///   leave no doubt: ``SegmentationDataset/scan(requiring:findingInstances:trustingImages:check:)`` compares;
  /// - `id name` or `id,name` a line, or a JSON object `{"id": "name"}`: 0 is the background or a class;
  /// - `name:r,g,b::` a line, the `labelmap.txt` of CVAT, which also gives the colours;
  /// - what this program writes as `classes.json`: names by id, background, ignored ids and colours.
  ///
  /// Empty lines, lines that begin with `#` and the heading `id,name` are skipped. An entry for an id that the
  /// encoding ignores, such as 255, says nothing new; one called `void` or `ignore`, with an id of its own that is not
  /// the background's, makes that id an ignored one too.
  ///
  /// - Parameters:
  ///   - url: The file.
  ///   - firstID: The id of the first name, 0 or 1, for lists that do not say it.
  ///   - encoding: Which ids name no class unless the list says so; without a background ids count from 0.
  /// - Throws: ``DatasetError`` with the line, for names or ids that are missing, repeated, mixed in
  ///   form or out of range, for the heading or a row of another table, and for a `firstID` with a list
  ///   that says its ids itself.
  public init(
    contentsOf url: URL, firstID: Int? = nil, encoding: LabelEncoding = .voc
  ) throws {
    let text = try ClassListFile.read(url)
    let file = ClassListFile(path: url.path, firstID: firstID, encoding: encoding)
    if let list = try? JSONDecoder().decode(ClassList.self, from: Data(text.utf8)) {
      if firstID != nil { throw file.contradiction }
      self = list
      return
    }
    let start = text.first { !$0.isWhitespace }
    let entries =
      try start == "[" || start == "{"
      ? file.json(text) : ClassLines(error: file.error).entries(text)
    self = try file.list(entries)
  }
}

private struct ClassListFile {
  let path: String
  let firstID: Int?
  let encoding: LabelEncoding

  static func read(_ url: URL) throws -> String {
    let data = try contents(of: url, "the list of classes", "Check the path.")
    guard let text = String(data: data, encoding: .utf8) else {
      throw DatasetError(url.path, "the list of classes is not UTF-8 text", "Save it as UTF-8.")
    }
    return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
  }

  func json(_ text: String) throws -> [ClassEntry] {
    let data = Data(text.utf8)
    if let names = try? JSONDecoder.python.decode([String].self, from: data) {
      return names.enumerated().map {
        ClassEntry(place: "name \($0.offset + 1)", id: nil, name: $0.element)
      }
    }
    guard let names = try? JSONDecoder.python.decode([String: String].self, from: data) else {
      throw error("this is neither a JSON list of names nor an object {\"id\": \"name\"}")
    }
    return try names.sorted { $0.key < $1.key }.map { key, name in
      guard let id = Int(key) else { throw error("the key \"\(key)\" is not an id") }
      return ClassEntry(place: "id \(id)", id: id, name: name)
    }
  }

  /// Numbers the entries and checks them together.
  func list(_ entries: [ClassEntry]) throws -> ClassList {
    let isLabelmes = entries.first?.id == nil && entries.first?.isLabelmesIgnored == true
    let entries = entries.dropFirst(isLabelmes ? 1 : 0)
    guard let first = entries.first else { throw error("there is no name in the file") }
    let saysIDs = first.id != nil || first.isBackground
    if saysIDs, firstID != nil { throw contradiction }
    let start = first.isBackground ? 0 : firstID ?? (encoding.background == nil ? 0 : 1)
    var names: [UInt8: String] = [:]
    var ignored = encoding.ignored
    var palette = Palette.voc
    for (index, entry) in entries.enumerated() {
      guard (entry.id == nil) == (first.id == nil) else {
        throw error("\(entry.place) has another form than the entries before it")
      }
      let id = try checked(entry.id ?? start + index, of: entry, among: names)
      if let colour = entry.colour { palette[Int(id)] = colour }
      if isLeftOpen(entry, id) {
        ignored.insert(id)
      } else if !(id == encoding.background && entry.isBackground) {
        names[id] = entry.name
      }
    }
    if names.isEmpty { throw error("there is no class besides the background") }
    return ClassList(
      names: names, encoding: LabelEncoding(background: encoding.background, ignored: ignored),
      palette: palette,
      isCountAssumed: !saysIDs && firstID == nil && encoding.background != nil)
  }

  /// Whether an entry says that the class of pixels with its id is left open.
  private func isLeftOpen(_ entry: ClassEntry, _ id: UInt8) -> Bool {
    if encoding.ignored.contains(id) { return true }
    return entry.id != nil && entry.isCalledIgnored && id != encoding.background
  }

  private func checked(
    _ id: Int, of entry: ClassEntry, among names: [UInt8: String]
  ) throws -> UInt8 {
    guard let id = UInt8(exactly: id) else {
      throw error("\(entry.place) has the id \(id), but ids are 0…255")
    }
    if encoding.ignored.contains(id) && entry.id == nil {
      throw error("\(entry.place) would have the id \(id), which is no class")
    }
    if entry.name.isEmpty { throw error("\(entry.place) has no name") }
    if let other = names[id] {
      throw error("\(entry.place) gives the id \(id), which is '\(other)' already, again")
    }
    if names.values.contains(entry.name) {
      throw error("\(entry.place) repeats the name '\(entry.name)'")
    }
    if let background = encoding.background, id != background, !encoding.ignored.contains(id),
      entry.isCalledBackground
    {
      throw error("\(entry.place) gives the background the id \(id), but that is \(background)")
    }
    return id
  }

  var contradiction: DatasetError {
    DatasetError(
      path, "the list says itself where its ids begin", "Leave the id of the first name out.",
      remedies: [Remedy(.firstClassID)])
  }

  func error(_ found: String) -> DatasetError {
    DatasetError(
      path, found,
      "Write one name a line, `id name` a line, `name:r,g,b::` a line, or JSON; each class once.")
  }
}
