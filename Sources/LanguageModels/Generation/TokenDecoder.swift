public import Tensors

/// A network that says what token comes next, in the middle of its texts.
///
/// It is a value: what was read stands in it. There is a text for each source, such as an image, to begin with.
public protocol TokenDecoder {
  /// Reads the next tokens of every text.
  ///
  /// - Parameter tokens: As many of each text.
  /// - Returns: How likely each token comes next, before the softmax, `[texts, vocabulary]`.
  mutating func callAsFunction(_ tokens: [[Int32]]) -> Tensor

  /// Goes on with some of the texts.
  ///
  /// - Parameter texts: Their positions among the texts so far, source by source, as many of each. A text that comes
  ///   several times is continued in several ways; a source without any is done.
  mutating func select(_ texts: [Int])
}
