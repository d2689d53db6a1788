import Foundation

extension Double {
  /// The number with so many decimal places, whatever the locale.
  func text(places: Int) -> String {
    formatted(
      .number.precision(.fractionLength(places)).grouping(.never).locale(
        Locale(identifier: "en_US_POSIX")))
  }
}

extension Int {
  /// A number of bytes in megabytes of 10⁶, from 1000 on in gigabytes with one decimal place.
  ///
  /// - Parameter places: The megabytes' decimal places.
  func byteText(places: Int) -> String {
    let bytes = Double(self)
    return bytes < 1e9
      ? "\((bytes / 1e6).text(places: places)) MB" : "\((bytes / 1e9).text(places: 1)) GB"
  }
}

/// Lines of columns under headings; the first is set flush left, numbers flush right.
func table(_ headings: [String], _ rows: [[String]]) -> [String] {
  let cells = ([headings] + rows).map { $0.map(\.visible) }
  let widths = headings.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
  return cells.map { row in
    row.enumerated().map { column, cell in
      let padding = String(repeating: " ", count: widths[column] - cell.count)
      return column == 0 ? cell + padding : padding + cell
    }.joined(separator: "  ")
  }
}

/// One JSON object over several lines, with its keys in order.
func jsonText(_ value: some Encodable) throws -> String { try jsonText(value, [.prettyPrinted]) }

/// One JSON object in a line, with its keys in order.
func jsonLine(_ value: some Encodable) throws -> String { try jsonText(value, []) }

private func jsonText(
  _ value: some Encodable, _ formatting: JSONEncoder.OutputFormatting
) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = formatting.union([.sortedKeys, .withoutEscapingSlashes])
  let text = String(decoding: try encoder.encode(value), as: UTF8.self)
  // The encoder leaves some controls in its strings as they are; its own line breaks are none of them.
  return text.split(separator: "\n").map { $0.replacingHidden(jsonEscape) }
    .joined(separator: "\n")
}

/// The scalars that a terminal obeys are all within 16 bits.
private func jsonEscape(_ scalar: Unicode.Scalar) -> String {
  let digits = String(scalar.value, radix: 16)
  return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
}
