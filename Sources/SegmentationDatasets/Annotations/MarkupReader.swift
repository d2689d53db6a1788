import Foundation

/// Reads XML without document types, whose entities could be anything.
struct MarkupReader {
  private let path: String
  private let bytes: [UInt8]
  private var place = 0
  private var line = 1
  private var open: [MarkupElement] = []
  /// More than any annotations have, and few enough for what takes elements apart again.
  private static let deepest = 64

  /// Reads a file.
  ///
  /// - Throws: ``DatasetError`` with the line of what is no XML.
  static func root(of url: URL) throws(DatasetError) -> MarkupElement {
    let data = try contents(of: url, "the annotations", "Check its permissions.")
    guard String(data: data, encoding: .utf8) != nil else {
      throw DatasetError(url.path, "the file is not UTF-8 text", "Export it again.")
    }
    var reader = MarkupReader(path: url.path, bytes: [UInt8](data))
    return try reader.root()
  }

  private init(path: String, bytes: [UInt8]) { (self.path, self.bytes) = (path, bytes) }

  private mutating func root() throws(DatasetError) -> MarkupElement {
    while place < bytes.count {
      if bytes[place] != UInt8(ascii: "<") {
        try readText()
      } else if skip("<?") {
        _ = try take(upTo: "?>")
      } else if skip("<!--") {
        _ = try take(upTo: "-->")
      } else if skip("<![CDATA[") {
        let text = String(decoding: try take(upTo: "]]>"), as: UTF8.self)
        if !open.isEmpty { open[open.count - 1].text += text }
      } else if skip("<!") {
        throw error("document types are not read")
      } else if let root = try skip("</") ? endElement() : beginElement() {
        return root
      }
    }
    throw error(
      open.last.map { "the element '\($0.name)' of line \($0.line) does not end" }
        ?? "there is no element")
  }

  private mutating func skip(_ mark: String) -> Bool {
    guard bytes[place...].starts(with: mark.utf8) else { return false }
    place += mark.utf8.count
    return true
  }

  /// The bytes before a mark, which is passed.
  private mutating func take(upTo mark: String) throws(DatasetError) -> ArraySlice<UInt8> {
    let (start, first) = (place, mark.utf8.first)
    while place < bytes.count {
      if bytes[place] == first && bytes[place...].starts(with: mark.utf8) {
        defer { place += mark.utf8.count }
        return bytes[start..<place]
      }
      advance()
    }
    throw error("the file ends before '\(mark)'")
  }

  private mutating func advance() {
    if bytes[place] == UInt8(ascii: "\n") { line += 1 }
    place += 1
  }

  private mutating func readText() throws(DatasetError) {
    let start = place
    while place < bytes.count && bytes[place] != UInt8(ascii: "<") { advance() }
    let text = try decoded(bytes[start..<place])
    if !open.isEmpty { open[open.count - 1].text += text }
  }

  private mutating func skipSpace() {
    while place < bytes.count && bytes[place] <= UInt8(ascii: " ") { advance() }
  }

  private mutating func word() -> String {
    let start = place
    let ends = [" ", "\n", "\t", "\r", "=", "/", ">", "<", "\"", "'"].map { UInt8(ascii: $0) }
    while place < bytes.count && !ends.contains(bytes[place]) { place += 1 }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  /// - Returns: The root, if it is that and has nothing in it.
  private mutating func beginElement() throws(DatasetError) -> MarkupElement? {
    let start = line
    place += 1
    let name = word()
    guard !name.isEmpty else { throw error("'<' is followed by no name") }
    var attributes: [String: String] = [:]
    while true {
      skipSpace()
      guard place < bytes.count else { throw error("the file ends in the element '\(name)'") }
      let isEmpty = skip("/>")
      if isEmpty || skip(">") {
        open.append(MarkupElement(name: name, attributes: attributes, line: start))
        guard open.count <= Self.deepest else { throw error("elements are too deep in others") }
        return isEmpty ? close() : nil
      }
      let (key, value) = try attribute(of: name)
      guard attributes.updateValue(value, forKey: key) == nil else {
        throw error("the element '\(name)' has the attribute '\(key)' twice")
      }
    }
  }

  private mutating func attribute(
    of name: String
  ) throws(DatasetError) -> (key: String, value: String) {
    let key = word()
    skipSpace()
    guard !key.isEmpty, skip("=") else { throw error("the element '\(name)' is broken") }
    skipSpace()
    for quote in ["\"", "'"] where skip(quote) {
      let value = try take(upTo: quote)
      return (key, try decoded(value))
    }
    throw error("the attribute '\(key)' has no value in quotes")
  }

  /// - Returns: The root, if it ends here.
  private mutating func endElement() throws(DatasetError) -> MarkupElement? {
    let name = word()
    skipSpace()
    guard skip(">"), name == open.last?.name else {
      throw error(
        open.last.map { "'</\(name)' stands where '\($0.name)' of line \($0.line) should end" }
          ?? "'</\(name)' ends nothing")
    }
    return close()
  }

  private mutating func close() -> MarkupElement? {
    let element = open.removeLast()
    if open.isEmpty { return element }
    open[open.count - 1].children.append(element)
    return nil
  }

  func error(_ found: String) -> DatasetError {
    DatasetError("\(path), line \(line)", "this is no XML: \(found)", "Export the file again.")
  }
}
