import Foundation

extension Double {
  /// The number with so many decimal places, whatever the locale.
  func text(places: Int) -> String {
    formatted(
      .number.precision(.fractionLength(places)).grouping(.never).locale(
        Locale(identifier: "en_US_POSIX")))
  }
}

/// Columns under headings; the first is set flush left, numbers flush right.
func table(_ headings: [String], _ rows: [[String]]) -> String {
  let widths = headings.indices.map { column in
    ([headings] + rows).map { $0[column].count }.max() ?? 0
  }
  return ([headings] + rows).map { row in
    row.enumerated().map { column, cell in
      let padding = String(repeating: " ", count: widths[column] - cell.count)
      return column == 0 ? cell + padding : padding + cell
    }.joined(separator: "  ")
  }.joined(separator: "\n")
}

/// One JSON object over several lines, with its keys in order.
func jsonText(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  return String(decoding: try encoder.encode(value), as: UTF8.self)
}
