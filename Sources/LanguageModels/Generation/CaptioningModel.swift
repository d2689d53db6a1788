public import Foundation
public import NeuralLayers
public import Tensors

/// A network that writes what it sees in images.
public protocol CaptioningModel: PretrainedModel {
  /// What writes, in the middle of its texts.
  associatedtype Decoder: TokenDecoder
  /// What makes tokens of words and words of tokens.
  associatedtype Tokenizer: CaptionTokenizer

  /// What the configuration says of images and texts.
  static func limits(of configuration: Configuration) -> CaptioningLimits

  /// Begins a caption for each image.
  ///
  /// - Parameter images: `[N, imageSize, imageSize, 3]`, as `BlipImageProcessor` makes them.
  func decoding(_ images: Tensor) -> Decoder

  /// The tokens that a caption begins with.
  ///
  /// - Parameter prompt: A text as the tokenizer makes it.
  func opening(_ prompt: [Int32]) -> [Int32]

  /// The tokens of a finished text that are words.
  func words(of text: [Int32]) -> ArraySlice<Int32>
}

/// What a captioning network's configuration says of images and texts.
public struct CaptioningLimits: Sendable, Equatable {
  /// Rows and columns of an image.
  public let imageSize: Int
  /// Tokens that are known.
  public let vocabulary: Int
  /// The token that ends a text.
  public let end: Int32
  /// Tokens of a text that can be read.
  public let longest: Int
}

/// Makes tokens of words, and words of tokens.
public protocol CaptionTokenizer: Sendable {
  /// Reads the tokenizer of a folder.
  ///
  /// - Throws: ``TokenizerError`` for a folder without one.
  init(folder: URL) throws

  /// The largest number of a token.
  var largestID: Int32 { get }

  /// The tokens of a text.
  func callAsFunction(_ text: String) -> [Int32]

  /// The text of tokens, without special ones.
  func decode(_ ids: some Sequence<Int32>) -> String
}

extension BertTokenizer: CaptionTokenizer {}
extension GPT2Tokenizer: CaptionTokenizer {}
