public import Foundation

/// Turns texts into the numbers that GPT-2's and OPT's models read, and numbers into texts.
///
///     text → added tokens cut out → words with the spaces before them → bytes → merged pairs
///
/// Equal to transformers 5's `GPT2Tokenizer` on any text.
///
/// Source: Radford et al., "Language Models are Unsupervised Multitask Learners", 2019.
public struct GPT2Tokenizer: Sendable {
  /// The number that begins a text where the folder says that one does.
  public let start: Int32
  /// The number that ends a text.
  public let end: Int32
  /// The largest number that a text can become.
  public let largestID: Int32

  private let pairs: BytePairs
  private let addedTokens: AddedTokens
  private let special: Set<Int32>
  private let spellings: [Int32: String]
  private let addsSpace, addsStart: Bool

  /// Reads a folder of a model in transformers' layout.
  ///
  /// - Parameter folder: Holds `tokenizer.json`, or `vocab.json` and `merges.txt`, and may hold
  ///   `tokenizer_config.json`, `special_tokens_map.json` and `added_tokens.json`.
  /// - Throws: ``TokenizerError`` when a file is missing or is not a GPT-2 tokenizer's; `CheckpointError`
  ///   when one cannot be read.
  public init(folder: URL) throws {
    let files = try TokenizerFiles(folder: folder, Self.standard)
    (start, end) = (try files.id(of: .bos), try files.id(of: .eos))
    largestID = try files.largestID()
    pairs = try BytePairs(
      vocabulary: files.vocabulary, merges: files.merges, endOfWord: "", unknown: nil,
      folder: folder)
    addedTokens = AddedTokens(try files.addedTokens()) { $0 }
    special = try files.specialTokens()
    spellings = files.spellings
    addsSpace = files.configuration.addPrefixSpace ?? false
    addsStart = files.configuration.addBosToken ?? (files.opening != nil)
  }

  private static let standard = TokenizerFiles.Standard(
    name: "GPT-2",
    tokens: [.bos: "<|endoftext|>", .eos: "<|endoftext|>", .unk: "<|endoftext|>"])

  /// The numbers of a text.
  public func callAsFunction(_ text: String) -> [Int32] {
    let content = addedTokens.pieces(of: text).flatMap { piece in
      switch piece {
      case .token(let token): [token]
      case .text(let scalars): encode(scalars)
      }
    }
    return (addsStart ? [start] : []) + content
  }

  private func encode(_ scalars: [Unicode.Scalar]) -> [Int32] {
    let lacksSpace = addsSpace && scalars.first != " "
    return GPT2TokenizerWords.words(of: (lacksSpace ? [" "] : []) + scalars)
      .flatMap { pairs.encode($0) }
  }

  /// The text of numbers; those that stand for no text, and numbers beyond the vocabulary, are left out. What is no
  /// UTF-8 becomes U+FFFD.
  public func decode(_ ids: some Sequence<Int32>) -> String {
    let tokens = ids.filter { !special.contains($0) }.compactMap { spellings[$0] }
    return String(decoding: BytePairs.bytes(of: tokens), as: UTF8.self)
  }
}
