import Foundation

/// The lines of a ledger as JSON arrays: those of setups and, naming these, those of images.
struct ReportLedger {
  /// The setups' lines.
  let setups: Data
  /// The images' lines.
  let images: Data

  init(of records: [LedgerRecord]) throws {
    var writer = LedgerWriter()
    let lines = try records.map { try writer.lines(of: $0) }
    setups = Self.array(of: lines.compactMap(\.setup))
    images = Self.array(of: lines.map(\.image))
  }

  private static func array(of lines: [Data]) -> Data {
    let text = lines.enumerated().reduce(into: Data("[".utf8)) { text, line in
      text += (line.offset > 0 ? Data(",".utf8) : Data()) + line.element.dropLast()
    }
    return text + Data("]".utf8)
  }
}
