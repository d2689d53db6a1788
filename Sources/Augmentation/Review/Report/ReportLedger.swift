import Foundation

/// The lines of a ledger as JSON arrays. What all or most lines share, settings and models, stands once, and each line
/// has its number instead.
struct ReportLedger {
  /// What is shared.
  let shared: Data
  /// The lines.
  let lines: Data

  init(of records: [LedgerRecord]) throws {
    var numbers: [Data: Int] = [:]
    var shared: [Data] = []
    let lines = try records.map { record in
      // Equal values are written as equal bytes, and quotes within texts are not bare.
      let settings = Data(#""settings":"#.utf8) + (try JSONEncoder.stable.encode(record.settings))
      let models = Data(#""models":"#.utf8) + (try JSONEncoder.stable.encode(record.models))
      let both = Data("{".utf8) + models + Data(",".utf8) + settings + Data("}".utf8)
      let number = numbers[both] ?? shared.count
      if number == shared.count {
        numbers[both] = number
        shared.append(both)
      }
      return try JSONEncoder.stable.encode(record)
        .replacing(settings, by: Data(#""shared":\#(number)"#.utf8))
        .replacing(models + Data(",".utf8), by: Data())
    }
    self.shared = Self.array(of: shared)
    self.lines = Self.array(of: lines)
  }

  private static func array(of values: [Data]) -> Data {
    var text = Data("[".utf8)
    for (index, value) in values.enumerated() {
      text += (index > 0 ? Data(",".utf8) : Data()) + value
    }
    return text + Data("]".utf8)
  }
}

extension Data {
  /// The bytes with others for the first of these.
  fileprivate func replacing(_ old: Data, by new: Data) -> Data {
    guard let place = range(of: old) else { return self }
    return self[..<place.lowerBound] + new + self[place.upperBound...]
  }
}
