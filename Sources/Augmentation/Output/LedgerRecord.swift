import Foundation

/// How one generated image was made, and what was written: a line of `ledger.jsonl`, with the setup that the line names.
///
/// What the line says and what its setup says can be asked alike: `record.seed`, `record.models`.
@dynamicMemberLookup
public struct LedgerRecord: Sendable, Equatable {
  /// What is said of this image alone.
  public var entry: LedgerEntry
  /// What it shares with others.
  public var setup: LedgerSetup

  /// A property of the image's own.
  public subscript<Value>(dynamicMember path: WritableKeyPath<LedgerEntry, Value>) -> Value {
    get { entry[keyPath: path] }
    set { entry[keyPath: path] = newValue }
  }

  /// A constant of the image's own.
  public subscript<Value>(dynamicMember path: KeyPath<LedgerEntry, Value>) -> Value {
    entry[keyPath: path]
  }

  /// A property of its setup.
  public subscript<Value>(dynamicMember path: WritableKeyPath<LedgerSetup, Value>) -> Value {
    get { setup[keyPath: path] }
    set { setup[keyPath: path] = newValue }
  }

  /// A constant of its setup.
  public subscript<Value>(dynamicMember path: KeyPath<LedgerSetup, Value>) -> Value {
    setup[keyPath: path]
  }
}

extension LedgerRecord {
  /// The ledger's name in the output folder.
  package static let file = "ledger.jsonl"

  /// The stem of image and mask.
  package var name: String { entry.stem ?? Self.stem(of: entry.image) }

  /// The paths of what was written, and the SHA-256 of each.
  var files: [(path: String, sha256: String)] {
    let labelled = [(entry.image, entry.imageSHA256), (entry.mask, entry.maskSHA256)]
    // Instances without a hash are no file that was written.
    return labelled + (entry.instances.map { [($0, entry.instancesSHA256 ?? "")] } ?? [])
  }

  /// The name of an image's file.
  static func stem(of path: String) -> String {
    URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
  }

  /// Makes this the record of a later attempt, from 1, which starts from other noise.
  mutating func attempt(_ number: Int) {
    entry.attempt = number
    entry.seed = ImageSeed.seed(
      run: setup.settings.seed, stem: entry.source, copy: entry.copy, attempt: number)
    entry.repainted = entry.repainted?.map { $0.seeded(by: entry.seed) }
  }
}
