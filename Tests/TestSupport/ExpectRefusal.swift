import Checkpoints
public import Testing

/// Expects an error about a `config.json` that names what it cannot follow.
public func expectRefusal<Value>(
  naming text: String, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Value
) throws {
  let error = try #require(
    throws: CheckpointError.self, sourceLocation: sourceLocation
  ) { try body() }
  #expect(error.description.contains(text), "\(error)", sourceLocation: sourceLocation)
  #expect(error.location.hasSuffix("config.json"), sourceLocation: sourceLocation)
}
