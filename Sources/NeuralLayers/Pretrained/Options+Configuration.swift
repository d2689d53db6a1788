public import Checkpoints

extension Options {
  /// Ties the configuration of a part to the object that stands under a key.
  ///
  /// - Throws: `CheckpointError` when the part cannot follow what is there.
  public func bind(_ key: String, _ part: inout some ModelConfiguration) throws {
    try object(key) { try part.bind(to: $0) }
  }
}
