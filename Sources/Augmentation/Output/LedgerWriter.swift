import Foundation

/// Turns records into the lines of a ledger, each setup's once.
struct LedgerWriter {
  /// What is added to a ledger for an image.
  struct Lines {
    /// The line of the image's setup; nil where the ledger has it.
    let setup: Data?
    let image: Data
    let setupName: String
  }

  /// The line of an image, which names its setup.
  private struct Line: Encodable {
    private enum CodingKeys: String, CodingKey {
      case setup
    }

    let entry: LedgerEntry
    let setup: String

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(setup, forKey: .setup)
      try entry.encode(to: encoder)
    }
  }

  /// The names of the setups that the ledger has.
  private var written: Set<String>
  /// Those that have been met, which are few.
  private var met: [NamedSetup] = []

  /// Goes on with a ledger that has some setups.
  init(after written: some Sequence<String> = []) { self.written = Set(written) }

  /// The lines of an image, with their ends.
  mutating func lines(of record: LedgerRecord) throws -> Lines {
    let setup = try named(record.setup)
    let isNew = written.insert(setup.name).inserted
    return Lines(
      setup: isNew ? try Self.text(setup) : nil,
      image: try Self.text(Line(entry: record.entry, setup: setup.name)), setupName: setup.name)
  }

  /// A whole ledger.
  static func text(of records: [LedgerRecord]) throws -> Data {
    var writer = LedgerWriter()
    return try records.reduce(into: Data()) { text, record in
      let lines = try writer.lines(of: record)
      text += (lines.setup ?? Data()) + lines.image
    }
  }

  private mutating func named(_ setup: LedgerSetup) throws -> NamedSetup {
    if let known = met.first(where: { $0.setup == setup }) { return known }
    met.append(try NamedSetup(setup))
    return met[met.count - 1]
  }

  private static func text(_ line: some Encodable) throws -> Data {
    try JSONEncoder.stable.encode(line) + Data("\n".utf8)
  }
}
