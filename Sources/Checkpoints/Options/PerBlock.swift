/// A value that a configuration gives once for all blocks, or once per block.
public struct PerBlock<Value: Sendable>: Sendable {
  /// One value for all blocks, or one a block; never none.
  public let values: [Value]

  /// One value a block; none traps.
  public init(_ values: [Value]) {
    precondition(!values.isEmpty, "PerBlock: expected one value, or one a block, found none")
    self.values = values
  }

  /// One value for all blocks.
  public init(_ value: Value) { values = [value] }

  /// The value for a block, counted from the input.
  public subscript(block: Int) -> Value { values.count == 1 ? values[0] : values[block] }

  /// Whether there is a value for each of so many blocks, and none beyond.
  public func fits(blocks: Int) -> Bool { values.count == 1 || values.count == blocks }
}

extension PerBlock: Equatable where Value: Equatable {}

extension PerBlock: OptionValue where Value: OptionValue {
  /// Takes a list of at least one value, or a single value.
  public init?(json: JSONValue) {
    guard let values = [Value](json: json) ?? Value(json: json).map({ [$0] }), !values.isEmpty
    else { return nil }
    self.init(values)
  }
  /// A list, or a single value for all blocks.
  public var json: JSONValue { values.count == 1 ? values[0].json : values.json }
}

extension PerBlock: OptionNumbers where Value: OptionNumbers {
  /// Those of all blocks.
  public var numbers: [Value.Number] { values.numbers }
  /// One of a value's, or a list of them.
  public static var expectation: String { "\(Value.expectation), or a list of one a block" }
}
