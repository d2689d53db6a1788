extension PerBlock {
  /// One value for all blocks.
  public init(_ value: Value) { self.init([value]) }
}

extension PerBlock: Encodable where Value: Encodable {
  /// Encodes a list, or a single value for all blocks.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if values.count == 1 {
      try container.encode(values[0])
    } else {
      try container.encode(values)
    }
  }
}
