import DurableFiles
public import Foundation

/// A cursor over a `config.json`, as ``Parameters`` is one over weights: a configuration ties each of its
/// properties to a key, and what nobody has asked for is found at the end.
///
///     try options.bind("in_channels", &inChannels, within: Bounds.channels)
///     try options.require("act_fn", among: ["silu", "swish"])
///
/// A cursor reads a file's values into the properties or, made without a file, collects the properties'
/// values for one. An option that nobody knows could change the result without anybody noticing, so it
/// is an error, unless it is known to be bookkeeping.
public final class Options {
  /// The file's name for messages.
  public let location: String

  /// Absent while values are collected.
  private let file: [String: JSONValue]?
  /// The keys, each with a dot, of the object that this one stands in.
  private let path: String
  private var seen: Set<String> = []
  private var collected: [String: JSONValue] = [:]
  private var parts: [Options] = []

  private init(_ file: [String: JSONValue]?, location: String, path: String) {
    (self.file, self.location, self.path) = (file, location, path)
  }

  /// Reads a file's contents.
  ///
  /// - Parameters:
  ///   - json: A JSON object, also as Python writes it, with `NaN` and `Infinity`.
  ///   - location: The file's name for messages.
  /// - Throws: ``CheckpointError`` when it is no JSON object.
  public init(json: Data, location: String) throws {
    (self.location, path) = (location, "")
    do {
      file = try JSONDecoder.python.decode([String: JSONValue].self, from: json)
    } catch let error as DecodingError {
      throw CheckpointError(.configuration(summary(of: error)), in: location)
    }
  }

  /// Collects values.
  public init() {
    file = nil
    (location, path) = ("a configuration in memory", "")
  }

  /// The collected values as the contents of a file.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    return try encoder.encode(JSONValue.object(collected))
  }

  // MARK: Binding

  /// Ties a property to its key. Absent and `null`, which ask for nothing, leave its default.
  ///
  /// - Throws: ``CheckpointError`` when the value is none of those that the property can have.
  public func bind<Value: OptionChoice>(_ key: String, _ value: inout Value) throws {
    guard let found = read(key, or: value.json) else { return }
    guard let decoded = Value(json: found) else {
      throw unsupported(key, found, Value.choices)
    }
    value = decoded
  }

  /// Ties a property made of numbers to its key, and limits each of them.
  ///
  /// - Throws: ``CheckpointError`` when the value is of another kind, or a number is out of bounds.
  public func bind<Value: OptionNumbers>(
    _ key: String, _ value: inout Value, within bounds: ClosedRange<Value.Number>
  ) throws {
    guard let found = read(key, or: value.json) else { return }
    guard let decoded = Value(json: found) else {
      throw fault("'\(path)\(key)' is \(found), expected \(Value.expectation)")
    }
    if let stray = decoded.numbers.first(where: { !bounds.contains($0) }) {
      let range = "\(bounds.lowerBound) to \(bounds.upperBound)"
      throw fault("'\(path)\(key)' is \(stray), expected a value within \(range)")
    }
    value = decoded
  }

  /// Binds the options of an object that stands under a key, such as those of one part of a model.
  ///
  /// - Parameters:
  ///   - key: The object's name. Absent and `null` leave the part's defaults.
  ///   - bind: Binds its options.
  /// - Throws: ``CheckpointError`` when there is something else, and what `bind` throws.
  public func object(_ key: String, _ bind: (Options) throws -> Void) throws {
    seen.insert(key)
    let value = file?[key] ?? .null
    guard file == nil || value != .null else { return }
    var content: [String: JSONValue]?
    if file != nil {
      guard case .object(let object) = value else {
        throw fault("'\(path)\(key)' is \(value), expected an object")
      }
      content = object
    }
    let part = Options(content, location: location, path: "\(path)\(key).")
    parts.append(part)
    try bind(part)
    if file == nil { collected[key] = .object(part.collected) }
  }

  /// Whether a file has a value under a key, which counts as read.
  public func has(_ key: String) -> Bool {
    seen.insert(key)
    return (file?[key] ?? .null) != .null
  }

  /// Lets an option have only the values that the model follows.
  ///
  /// - Parameters:
  ///   - key: The option's name.
  ///   - supported: List `nil` where `null` is one of them.
  ///   - perBlock: Whether a list with one of them for each block means the same.
  /// - Throws: ``CheckpointError`` with the option, its value and what is supported.
  public func require(_ key: String, among supported: [JSONValue], perBlock: Bool = false) throws {
    seen.insert(key)
    guard let found = file?[key], !supported.contains(found) else { return }
    if perBlock, case .array(let values) = found, values.allSatisfy(supported.contains) { return }
    throw unsupported(key, found, supported.map(\.description))
  }

  /// Passes over options that the model knows and that change nothing here.
  public func ignore(_ keys: String...) { seen.formUnion(keys) }

  /// Makes sure that the file asks for nothing else.
  ///
  /// Keys that begin with `_` are notes of the writer. An unknown key whose value is `null` asks for
  /// nothing.
  ///
  /// - Parameter notices: Is told of the bookkeeping that was passed over.
  /// - Throws: ``CheckpointError`` with the option and its value.
  public func requireEverythingRead(_ notices: Notices) throws {
    for part in parts { try part.requireEverythingRead(notices) }
    let unread = (file ?? [:]).filter {
      !seen.contains($0.key) && !$0.key.hasPrefix("_") && $0.value != .null
    }
    let unknown = unread.keys.filter { !Self.bookkeeping.contains($0) }.sorted()
    if let key = unknown.first, let value = unread[key] { throw unsupported(key, value, []) }
    if unread.isEmpty { return }
    let names = unread.keys.sorted().map { "'\(path)\($0)'" }.joined(separator: ", ")
    notices.add("\(location): passed over \(names): bookkeeping, which changes no result.")
  }

  // MARK: Errors

  /// An error about this file.
  public func fault(_ found: String) -> CheckpointError {
    CheckpointError(.configuration(found), in: location)
  }

  private func unsupported(
    _ key: String, _ value: JSONValue, _ supported: [String]
  ) -> CheckpointError {
    CheckpointError(
      .unsupported(option: path + key, value: value.description, supported: supported), in: location
    )
  }

  /// The file's value, if it asks for something. While values are collected, `current` is one.
  private func read(_ key: String, or current: JSONValue) -> JSONValue? {
    seen.insert(key)
    guard let file else {
      if current != .null { collected[key] = current }
      return nil
    }
    guard let value = file[key], value != .null else { return nil }
    return value
  }
}
