public import Checkpoints

/// The names of the classes that a network tells apart, by id: what transformers' configurations have as `id2label`.
public struct LabelNames: OptionChoice, Sendable, Equatable {
  /// By id, from 0 on.
  public var names: [String]

  /// Lists names.
  public init(_ names: [String]) { self.names = names }

  /// Names for classes that have none, as transformers gives them.
  public init(count: Int) { names = (0..<count).map { "LABEL_\($0)" } }

  /// Takes an object with a text for each number from 0 on.
  public init?(json: JSONValue) {
    guard case .object(let values) = json, !values.isEmpty else { return nil }
    var names: [String] = []
    for id in 0..<values.count {
      guard case .string(let name)? = values[String(id)] else { return nil }
      names.append(name)
    }
    self.names = names
  }

  /// An object.
  public var json: JSONValue {
    .object(
      Dictionary(
        uniqueKeysWithValues: names.enumerated().map { (String($0.offset), $0.element.json) }))
  }

  /// What a file may say.
  public static var choices: [String] { ["a name for each id from 0 on"] }
}
