public import Foundation

/// The options of a configuration that a model understands.
///
/// An option that nobody knows could change the result without anybody noticing, so it is an error.
public struct SupportedOptions: Sendable {
  private let decoded: Set<String>
  private let fixed: [String: [JSONValue]]

  /// Lists options.
  ///
  /// - Parameters:
  ///   - decoded: Keys that the model decodes and follows, whatever their value.
  ///   - fixed: Keys that may stand in the file, each with the only values that the model can follow.
  ///     List `nil` where `null` is one of them.
  public init(decoded: Set<String>, fixed: [String: [JSONValue]] = [:]) {
    self.decoded = decoded
    self.fixed = fixed
  }

  /// Makes sure that a configuration asks for nothing else.
  ///
  /// Keys that begin with `_` are notes of the writer. An unknown key whose value is `null` asks for
  /// nothing.
  ///
  /// - Parameters:
  ///   - configuration: A JSON object.
  ///   - location: The file's name for messages.
  /// - Throws: ``CheckpointError`` with the option, its value and what is supported.
  public func check(_ configuration: Data, in location: String) throws {
    let options: [String: JSONValue]
    do {
      options = try JSONDecoder().decode([String: JSONValue].self, from: configuration)
    } catch let error as DecodingError {
      throw CheckpointError(.configuration(summary(of: error)), in: location)
    }
    for (key, value) in options.sorted(by: { $0.key < $1.key })
    where !key.hasPrefix("_") && !decoded.contains(key) {
      if let values = fixed[key] {
        guard !values.contains(value) else { continue }
        throw unsupported(key, value, values, location)
      } else if value != .null {
        throw unsupported(key, value, [], location)
      }
    }
  }

  private func unsupported(
    _ key: String, _ value: JSONValue, _ supported: [JSONValue], _ location: String
  ) -> CheckpointError {
    CheckpointError(
      .unsupported(
        option: key, value: value.description, supported: supported.map(\.description)),
      in: location)
  }
}
