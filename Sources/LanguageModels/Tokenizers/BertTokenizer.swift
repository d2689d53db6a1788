public import Foundation

/// Turns texts into the numbers that BERT's models read, and numbers into texts.
///
///     text → added tokens cut out → cleaned, without accents, lower case → words → longest pieces
///
/// Equal to transformers 5's `BertTokenizer` on any text.
///
/// Source: Devlin et al., "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding",
/// arXiv 1810.04805.
public struct BertTokenizer: Sendable {
  /// The number that starts every text, `[CLS]`.
  public let start: Int32
  /// The number that ends every text, `[SEP]`.
  public let end: Int32
  /// The largest number that a text can become.
  public let largestID: Int32

  private let pieces: WordPieces
  private let addedTokens: AddedTokens
  private let special: Set<Int32>
  private let spellings: [Int32: String]
  private let closesSpaces: Bool

  /// Reads a folder of a model in transformers' layout.
  ///
  /// - Parameter folder: Holds `tokenizer.json` or `vocab.txt`, and may hold `tokenizer_config.json`,
  ///   `special_tokens_map.json` and `added_tokens.json`.
  /// - Throws: ``TokenizerError`` when a file is missing or is not a BERT tokenizer's; `CheckpointError`
  ///   when one cannot be read.
  public init(folder: URL) throws {
    let files = try TokenizerFiles(folder: folder, Self.standard)
    let options = files.configuration
    let lowercases = options.doLowerCase ?? true
    let normalizer = BertNormalizer(
      lowercases: lowercases, stripsAccents: options.stripAccents ?? lowercases,
      separatesChinese: options.tokenizeChineseChars ?? true)
    (start, end) = (try files.id(of: .cls), try files.id(of: .sep))
    largestID = try files.largestID()
    pieces = WordPieces(vocabulary: files.vocabulary, unknown: try files.id(of: .unk))
    let added = try files.addedTokens()
    addedTokens = AddedTokens(added, normalise: normalizer.normalise)
    special = try files.specialTokens()
    // Tokens that are looked for in normalised texts are written so.
    spellings = added.filter(\.isNormalized).reduce(into: files.spellings) { spellings, token in
      let scalars = normalizer.normalise(Array(token.content.unicodeScalars))
      spellings[token.id] = TokenText(scalars).string
    }
    closesSpaces = options.cleanUpTokenizationSpaces ?? false
  }

  private static let standard = TokenizerFiles.Standard(
    name: "BERT",
    tokens: [.unk: "[UNK]", .sep: "[SEP]", .pad: "[PAD]", .cls: "[CLS]", .mask: "[MASK]"],
    isList: true)

  /// The numbers of a text, from ``start`` to ``end``.
  public func callAsFunction(_ text: String) -> [Int32] {
    let content = addedTokens.pieces(of: text).flatMap { piece in
      switch piece {
      case .token(let token): [token]
      case .text(let scalars): BertNormalizer.words(of: scalars).flatMap { pieces.encode($0) }
      }
    }
    return [start] + content + [end]
  }

  /// The text of numbers; those that stand for no text, and numbers beyond the vocabulary, are left out.
  public func decode(_ ids: some Sequence<Int32>) -> String {
    let text = WordPieces.decode(ids.filter { !special.contains($0) }.compactMap { spellings[$0] })
    return closesSpaces ? EnglishSpacing.closed(text: text) : text
  }
}
