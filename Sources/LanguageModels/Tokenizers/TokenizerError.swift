public import Faults

/// A tokenizer folder that cannot be used: which file, what was found, what was expected, what to do.
public struct TokenizerError: Fault, Equatable {
  /// The files are wrong.
  public var kind: FaultKind { .badData }
  /// The message.
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}
