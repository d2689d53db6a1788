/// A tokenizer folder that cannot be used: which file, what was found, what was expected, what to do.
public struct TokenizerError: Error, Sendable, CustomStringConvertible, Equatable {
  /// The message.
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}
