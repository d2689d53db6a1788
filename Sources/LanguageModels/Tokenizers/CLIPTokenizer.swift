public import Foundation

/// Turns a prompt into the numbers that CLIP's text models read.
///
///     text → added tokens cut out → normal form C, lower case → words → bytes → merged pairs
///
/// Equal to transformers 5's `CLIPTokenizer` on any text. The old slow tokenizer of transformers 4
/// differed where `ftfy` was installed: it mended mojibake, unescaped HTML and straightened curly
/// quotes first.
///
/// Source: Radford et al., "Learning Transferable Visual Models From Natural Language Supervision",
/// <https://arxiv.org/abs/2103.00020>; Sennrich et al., "Neural Machine Translation of Rare Words
/// with Subword Units", <https://arxiv.org/abs/1508.07909>.
public struct CLIPTokenizer: Sendable {
  /// The number that starts every text.
  public let startOfText: Int32
  /// The number that ends every text; CLIP pools its output there.
  public let endOfText: Int32
  /// The number that fills a text up: `endOfText` in SD 1.x, 0 in SD 2.x and SDXL's second model.
  public let padding: Int32
  /// How many numbers a text becomes, 77 for all published models.
  public let maxLength: Int

  /// The largest number that a text can become.
  public let largestID: Int32

  /// What tokens at the end of a word have behind them.
  static let endOfWord = "</w>"

  private let pairs: BytePairs
  private let spellings: [Int32: String]
  private let addedTokens: AddedTokens

  /// A text as numbers.
  public struct Tokenization: Sendable, Equatable {
    /// Start, text, end and padding; always ``CLIPTokenizer/maxLength`` numbers.
    public let ids: [Int32]
    /// The end of the text that found no room, as the model would have read it (in lower case).
    public let truncated: String?
  }

  /// Reads a `tokenizer` folder of a model in diffusers' layout.
  ///
  /// - Parameter folder: Holds `tokenizer.json`, or `vocab.json` and `merges.txt`, and may hold
  ///   `tokenizer_config.json`, `special_tokens_map.json` and `added_tokens.json`.
  /// - Throws: ``TokenizerError`` when a file is missing or is not a CLIP tokenizer's; `CheckpointError`
  ///   when one cannot be read.
  public init(folder: URL) throws {
    let files = try TokenizerFiles(folder: folder, Self.standard)
    largestID = try files.largestID()
    startOfText = try files.id(of: .bos)
    endOfText = try files.id(of: .eos)
    padding = try files.id(of: .pad)
    maxLength = try files.maxLength()
    pairs = try BytePairs(
      vocabulary: files.vocabulary, merges: files.merges, endOfWord: Self.endOfWord,
      unknown: try files.id(of: .unk), folder: folder)
    spellings = files.spellings
    addedTokens = AddedTokens(try files.addedTokens(), normalise: CLIPNormalizer.normalise)
  }

  private static let standard = TokenizerFiles.Standard(
    name: "CLIP",
    tokens: [
      .bos: "<|startoftext|>", .eos: "<|endoftext|>", .unk: "<|endoftext|>", .pad: "<|endoftext|>",
    ])

  /// Tokenizes one text.
  public func callAsFunction(_ text: String) -> Tokenization {
    let content = addedTokens.pieces(of: text).flatMap { piece in
      switch piece {
      case .token(let token): [token]
      case .text(let scalars):
        CLIPTokenizerWords.words(of: scalars).flatMap { pairs.encode($0) }
      }
    }
    let room = maxLength - 2
    let ids = [startOfText] + content.prefix(room) + [endOfText]
    return Tokenization(
      ids: ids + [Int32](repeating: padding, count: maxLength - ids.count),
      truncated: content.count > room ? decode(content.dropFirst(room)) : nil)
  }

  /// Spells numbers out again; words are set apart by spaces.
  private func decode(_ ids: some Sequence<Int32>) -> String {
    let bytes = ids.flatMap { id -> [UInt8] in
      let token = spellings[id] ?? ""
      guard token.hasSuffix(Self.endOfWord) else { return BytePairs.bytes(of: [token]) }
      let word = String(token.dropLast(Self.endOfWord.count))
      return BytePairs.bytes(of: [word]) + [UInt8(ascii: " ")]
    }
    return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespaces)
  }
}
