public import Checkpoints
public import Foundation

/// How a model is built: the `config.json` beside its weights, under that file's own names.
public protocol ModelConfiguration: Sendable {
  /// The file's defaults.
  init()

  /// Ties every property to its option, with the bounds of its numbers, and lists the options that have
  /// no property.
  ///
  /// - Throws: `CheckpointError` for a value that the model cannot follow.
  mutating func bind(to options: Options) throws

  /// Makes sure that the values fit each other.
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
    try self.init(json: try folder.config(), location: file.path, notices: folder.notices)
  }

  /// Reads the contents of a `config.json`.
  ///
  /// - Parameters:
  ///   - json: A JSON object.
  ///   - location: The file's name for messages.
  ///   - notices: Is told what was passed over.
  /// - Throws: `CheckpointError` as ``init(_:)`` does.
  public init(json: Data, location: String, notices: Notices = Notices()) throws {
    let options = try Options(json: json, location: location)
    self.init()
    try bind(to: options)
    try options.requireEverythingRead(notices)
    try validate(in: location)
  }

  /// The contents of a `config.json`.
  public func json() throws -> Data {
    let options = Options()
    var copy = self
    try copy.bind(to: options)
    return try options.json()
  }
}

/// Throws what is wrong with a configuration unless a condition holds.
package func require(
  _ condition: Bool, _ fault: @autoclosure () -> String, in location: String
) throws {
  if !condition { throw CheckpointError(.configuration(fault()), in: location) }
}
