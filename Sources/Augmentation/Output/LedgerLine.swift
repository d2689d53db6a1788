import Foundation

/// What is read of an image's line in a ledger: all of it, or what is wanted.
protocol LedgerLine: Decodable, Sendable {
  /// The image's path in the output folder.
  var image: String { get }
}

/// The whole line of an image.
struct LedgerImageLine: LedgerLine {
  private enum CodingKeys: String, CodingKey {
    case setup
  }

  /// Where what the image shares with others is said.
  private enum Setup {
    /// In a line before this one.
    case named(String)
    /// In this line, as earlier versions wrote it.
    case whole(LedgerSetup)
  }

  private let entry: LedgerEntry
  private let setup: Setup

  var image: String { entry.image }

  /// The name of the setup; nil where the line itself says what it is.
  var setupName: String? {
    if case .named(let name) = setup { return name }
    return nil
  }

  init(from decoder: any Decoder) throws {
    entry = try LedgerEntry(from: decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let name = try container.decodeIfPresent(String.self, forKey: .setup)
    setup = try name.map(Setup.named) ?? .whole(LedgerSetup(from: decoder))
  }

  /// What the line says of its image.
  ///
  /// - Parameter setups: Those of the lines before, by their names.
  /// - Throws: `DecodingError` where they lack the line's.
  func record(with setups: [String: LedgerSetup]) throws -> LedgerRecord {
    switch setup {
    case .whole(let setup): return LedgerRecord(entry: entry, setup: setup)
    case .named(let name):
      guard let setup = setups[name] else {
        throw DecodingError.dataCorrupted(
          .init(codingPath: [CodingKeys.setup], debugDescription: "no line says what '\(name)' is"))
      }
      return LedgerRecord(entry: entry, setup: setup)
    }
  }
}

/// What a line of a ledger is about.
enum LedgerText<Line: LedgerLine>: Sendable {
  case image(Line)
  case setup(NamedSetup)
  /// Nothing that can be read.
  case damaged(any Error)

  init(_ text: Data) {
    do { self = .image(try JSONDecoder().decode(Line.self, from: text)) } catch {
      let setup = try? JSONDecoder().decode(NamedSetup.self, from: text)
      self = setup.map(LedgerText.setup) ?? .damaged(error)
    }
  }
}
