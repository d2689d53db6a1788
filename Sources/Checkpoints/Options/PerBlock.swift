/// A value that a configuration gives once for all blocks, or once per block.
public struct PerBlock<Value: Decodable & Sendable>: Decodable, Sendable {
  /// One value for all blocks, or one a block.
  public let values: [Value]

  /// One value for all blocks, or one a block.
  public init(_ values: [Value]) { self.values = values }

  /// Decodes a list or a single value.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    values = try (try? container.decode([Value].self)) ?? [container.decode(Value.self)]
    guard !values.isEmpty else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "expected one value, or one a block, found none")
    }
  }

  /// The value for a block, counted from the input.
  public subscript(block: Int) -> Value { values.count == 1 ? values[0] : values[block] }

  /// Whether there is a value for each of so many blocks, and none beyond.
  public func fits(blocks: Int) -> Bool { values.count == 1 || values.count == blocks }
}

extension PerBlock: Equatable where Value: Equatable {}
