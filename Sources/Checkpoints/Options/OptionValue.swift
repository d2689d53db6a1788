/// A value that stands under a key of a `config.json`.
public protocol OptionValue {
  /// Takes the file's value; nil when it is of another kind.
  init?(json: JSONValue)
  /// The value as the file spells it.
  var json: JSONValue { get }
}

/// A value that is one of a few, such as a flag or the name of a kind.
public protocol OptionChoice: OptionValue {
  /// What the file may say, as it is spelled there.
  static var choices: [String] { get }
}

/// A value made of numbers, each of which has bounds.
public protocol OptionNumbers: OptionValue {
  /// A kind of number.
  associatedtype Number: Comparable
  /// All of its numbers.
  var numbers: [Number] { get }
  /// What the file should say, such as `a whole number`.
  static var expectation: String { get }
}

extension Bool: OptionChoice {
  /// Takes `true` or `false`.
  public init?(json: JSONValue) {
    guard case .bool(let value) = json else { return nil }
    self = value
  }
  /// `true` or `false`.
  public var json: JSONValue { .bool(self) }
  /// Both.
  public static var choices: [String] { ["true", "false"] }
}

extension String: OptionChoice {
  /// Takes text.
  public init?(json: JSONValue) {
    guard case .string(let text) = json else { return nil }
    self = text
  }
  /// The text.
  public var json: JSONValue { .string(self) }
  /// Any text.
  public static var choices: [String] { ["text"] }
}

extension OptionChoice where Self: RawRepresentable & CaseIterable, RawValue == String {
  /// Takes the case of this name.
  public init?(json: JSONValue) {
    guard case .string(let name) = json else { return nil }
    self.init(rawValue: name)
  }
  /// The case's name.
  public var json: JSONValue { .string(rawValue) }
  /// The names of all cases.
  public static var choices: [String] { allCases.map(\.json.description) }
}

extension Int: OptionNumbers {
  /// Takes a whole number.
  public init?(json: JSONValue) {
    guard case .number(let value) = json, let whole = Int(exactly: value) else { return nil }
    self = whole
  }
  /// The number.
  public var json: JSONValue { .number(Double(self)) }
  /// Itself.
  public var numbers: [Int] { [self] }
  /// One.
  public static var expectation: String { "a whole number" }
}

extension Double: OptionNumbers {
  /// Takes a number.
  public init?(json: JSONValue) {
    guard case .number(let value) = json else { return nil }
    self = value
  }
  /// The number.
  public var json: JSONValue { .number(self) }
  /// Itself.
  public var numbers: [Double] { [self] }
  /// One.
  public static var expectation: String { "a number" }
}

extension Float: OptionNumbers {
  /// Takes a number, rounded.
  public init?(json: JSONValue) {
    guard let value = Double(json: json) else { return nil }
    self.init(value)
  }
  /// The number in as few digits as tell it from others.
  public var json: JSONValue { .number(Double(description) ?? Double(self)) }
  /// Itself.
  public var numbers: [Float] { [self] }
  /// One.
  public static var expectation: String { "a number" }
}

extension Array: OptionValue where Element: OptionValue {
  /// Takes a list.
  public init?(json: JSONValue) {
    guard case .array(let values) = json else { return nil }
    let elements = values.compactMap(Element.init(json:))
    guard elements.count == values.count else { return nil }
    self = elements
  }
  /// A list.
  public var json: JSONValue { .array(map(\.json)) }
}

extension Array: OptionChoice where Element: OptionChoice {
  /// Those of an element.
  public static var choices: [String] { ["a list of"] + Element.choices }
}

extension Array: OptionNumbers where Element: OptionNumbers {
  /// Those of all elements.
  public var numbers: [Element.Number] { flatMap(\.numbers) }
  /// Several of an element's.
  public static var expectation: String { "a list, each entry \(Element.expectation)" }
}

extension Optional: OptionValue where Wrapped: OptionValue {
  /// Takes what the value takes.
  public init?(json: JSONValue) {
    guard let value = Wrapped(json: json) else { return nil }
    self = .some(value)
  }
  /// The value, or `null`.
  public var json: JSONValue { self?.json ?? .null }
}

extension Optional: OptionChoice where Wrapped: OptionChoice {
  /// Those of the value.
  public static var choices: [String] { Wrapped.choices }
}

extension Optional: OptionNumbers where Wrapped: OptionNumbers {
  /// Those of the value, if there is one.
  public var numbers: [Wrapped.Number] { self?.numbers ?? [] }
  /// That of the value.
  public static var expectation: String { Wrapped.expectation }
}
