import Faults
import Foundation

/// Takes comma-separated values apart, as RFC 4180 has them: fields in quotes may hold commas, line breaks
/// and doubled quotes.
struct CSVReader {
  struct Record {
    /// The line on which it begins, from 1.
    let line: Int
    let fields: [String]
  }

  /// A field in quotes does not end.
  struct OpenQuote: Fault {
    /// The line with the quote, from 1.
    let line: Int
    let kind = FaultKind.badData
    var description: String { "line \(line): a field begins with a quote here and does not end." }
  }

  private let bytes: [UInt8]
  private var position = 0
  private var line = 1

  /// - Parameter data: Text in UTF-8, with or without a byte order mark.
  init(_ data: Data) {
    bytes = Array(data.starts(with: [0xEF, 0xBB, 0xBF]) ? data.dropFirst(3) : data)
  }

  /// The next record that is no empty line, or nil at the end.
  mutating func next() throws(OpenQuote) -> Record? {
    while position < bytes.count {
      let start = line
      var fields = [try field()]
      while take(",") { fields.append(try field()) }
      if take("\n") { line += 1 }
      if fields != [""] { return Record(line: start, fields: fields) }
    }
    return nil
  }

  private mutating func field() throws(OpenQuote) -> String {
    // What follows the closing quote belongs to the field, as for Python's csv.
    take("\"") ? try quoted() + plain() : plain()
  }

  private mutating func plain() -> String {
    let rest = bytes[position...]
    let field = rest.prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\n") }
    position = field.endIndex
    return String(
      decoding: field.last == UInt8(ascii: "\r") ? field.dropLast() : field, as: UTF8.self)
  }

  private mutating func quoted() throws(OpenQuote) -> String {
    let start = line
    var field: [UInt8] = []
    while position < bytes.count {
      if take("\"") && !isAt("\"") { return String(decoding: field, as: UTF8.self) }
      if isAt("\n") { line += 1 }
      field.append(bytes[position])
      position += 1
    }
    throw OpenQuote(line: start)
  }

  private func isAt(_ character: Unicode.Scalar) -> Bool {
    position < bytes.count && bytes[position] == UInt8(ascii: character)
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard isAt(character) else { return false }
    position += 1
    return true
  }
}
