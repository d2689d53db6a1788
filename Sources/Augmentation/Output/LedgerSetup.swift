import DurableFiles
import Foundation

/// How images of a run were made, as far as many of them share it. In a ledger it has a line of its own, before the first
/// image's that names it.
public struct LedgerSetup: Codable, Sendable, Equatable {
  /// Everything beside prompts, seeds and sources that the images depend on.
  public let settings: AugmentationSettings
  /// SHA-256 of the models' files by their place in the model.
  public let models: [String: String]
  /// What painted, such as `CPU (AVX-512 with bf16)`; nil in a ledger that does not say.
  ///
  /// This is no part of what makes a run the same run: another machine may go on with it, whose images differ
  /// by rounding from those that the first one would have painted.
  public var paintedOn: String?
  /// What the generator said of its device, its precision and its sampling method.
  public var generator: GeneratorTraits?
}

/// The line of a setup, with the name that images' lines have for it.
struct NamedSetup: Codable, Sendable {
  private enum CodingKeys: String, CodingKey {
    case name = "setup"
  }

  /// The first 16 digits of SHA-256 over what it is, so that ledgers can be joined.
  let name: String
  let setup: LedgerSetup

  init(_ setup: LedgerSetup) throws {
    self.setup = setup
    name = String(try JSONEncoder.stable.encode(setup).sha256.prefix(16))
  }

  init(from decoder: any Decoder) throws {
    name = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .name)
    setup = try LedgerSetup(from: decoder)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try setup.encode(to: encoder)
  }
}
