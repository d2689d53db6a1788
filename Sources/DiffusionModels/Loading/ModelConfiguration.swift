public import Checkpoints
public import Foundation

/// How a model is built: the `config.json` beside its weights, under that file's own names.
public protocol ModelConfiguration: Codable, Sendable {
  /// The options that the model understands.
  static var options: SupportedOptions { get }

  /// Makes sure that the values fit each other and name a model of this kind.
  ///
  /// - Parameter location: The file's name for messages.
  /// - Throws: `CheckpointError` with what does not fit.
  func validate(in location: String) throws
}

extension ModelConfiguration {
  /// Reads the `config.json` of a folder.
  ///
  /// - Throws: `CheckpointError` when the file cannot be read, names another kind of model, or asks for
  ///   something that this engine does not do.
  public init(_ folder: ModelFolder) throws {
    let file = folder.url.appendingPathComponent("config.json")
    try self.init(json: try folder.config(), location: file.path)
  }

  /// Reads the contents of a `config.json`.
  ///
  /// - Parameters:
  ///   - json: A JSON object.
  ///   - location: The file's name for messages.
  /// - Throws: `CheckpointError` as ``init(_:)`` does.
  public init(json: Data, location: String) throws {
    try Self.options.check(json, in: location)
    do {
      self = try JSONDecoder().decode(Self.self, from: json)
    } catch let error as DecodingError {
      throw CheckpointError(.configuration(summary(of: error)), in: location)
    }
    try validate(in: location)
  }

  /// The contents of a `config.json`.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    return try encoder.encode(self)
  }
}

extension KeyedDecodingContainer {
  /// Replaces a default with the file's value, unless that is absent or `null`.
  func read<Value: Decodable>(_ key: Key, into value: inout Value) throws {
    value = try decodeIfPresent(Value.self, forKey: key) ?? value
  }
}

/// Throws what is wrong with a configuration unless a condition holds.
func require(
  _ condition: Bool, _ fault: @autoclosure () -> String, in location: String
) throws {
  if !condition { throw CheckpointError(.configuration(fault()), in: location) }
}

/// Throws unless a configuration names the architecture that is asked for.
func require(className found: String, _ expected: String, in location: String) throws {
  guard found == expected else {
    throw CheckpointError(
      .unsupported(option: "_class_name", value: found, supported: [expected]), in: location)
  }
}

/// Throws unless a network has levels, each with a width and a block on either way.
func require(levels: Int, down: Int, up: Int, in location: String) throws {
  try require(
    levels > 0 && down == levels && up == levels,
    "block_out_channels, down_block_types and up_block_types have \(levels), \(down) and \(up) "
      + "entries, expected as many of each", in: location)
}
