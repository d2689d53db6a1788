import Checkpoints
import Foundation

/// The files of a `tokenizer` folder, read as transformers 5 reads them.
///
/// Of `tokenizer.json` only vocabulary, merges and added tokens count; how text is normalised and
/// cut is the affair of the tokenizer's class, whatever that file says.
struct TokenizerFiles {
  /// Tokens with a part to play, in the order in which transformers adds them.
  enum Role: String, CaseIterable {
    case bos, eos, unk, sep, pad, cls, mask
  }

  /// What a class of transformers reads.
  struct Standard {
    /// As in "a CLIP tokenizer".
    let name: String
    /// What tokens it takes when no file says otherwise.
    let tokens: [Role: String]
    /// Whether the vocabulary is a list of pieces, `vocab.txt`, and not one with merges.
    var isList = false

    /// The vocabulary's files where there is no `tokenizer.json`.
    fileprivate var files: String { isList ? "'vocab.txt'" : "'vocab.json' with 'merges.txt'" }
  }

  let folder: URL
  let vocabulary: [TokenText: Int32]
  let merges: [(TokenText, TokenText)]

  let configuration: TokenizerConfiguration
  /// The token that `tokenizer.json` puts before every text, if it does.
  let opening: String?

  private let standard: Standard
  private let roles: [Role: AddedToken]
  /// Added tokens with numbers of their own, by number.
  private let listed: [Int32: AddedToken]

  init(folder: URL, _ standard: Standard) throws {
    self.folder = folder
    self.standard = standard
    let reader = TokenizerFileReader(folder: folder, name: standard.name)
    let model: TokenizerJSON? = try reader.decode("tokenizer.json")
    opening = model?.postProcessor?.opening
    if let model, let exact: TokenizerJSON.Vocabulary = try reader.decodeExactly("tokenizer.json") {
      vocabulary = exact.model.vocab.tokens
      merges = (model.model.merges ?? []).map { (TokenText($0.left), TokenText($0.right)) }
    } else if standard.isList, let list = try reader.text("vocab.txt") {
      (vocabulary, merges) = (Self.numbered(list), [])
    } else if !standard.isList, let exact: ExactVocabulary = try reader.decodeExactly("vocab.json"),
      let pairs = try reader.text("merges.txt")
    {
      vocabulary = exact.tokens
      merges = try Self.parse(pairs, in: folder)
    } else {
      throw TokenizerError(
        "\(folder.path) holds no tokenizer; expected is 'tokenizer.json', or \(standard.files). Copy the"
          + " tokenizer folder of the original model.")
    }

    configuration = try reader.decode("tokenizer_config.json") ?? .init()
    var roles = configuration.roles
    if let decoder = configuration.addedTokensDecoder {
      listed = decoder
    } else {
      // Older folders keep special tokens apart; newer ones may keep the old file, unread.
      let map: [String: AddedToken.Lenient]? =
        try reader.decode("special_tokens_map.json")
      for role in Role.allCases {
        if let token = map?["\(role)_token"]?.token { roles[role] = token.asSpecial }
      }
      let legacy: [String: Int32] = try reader.decode("added_tokens.json") ?? [:]
      let special = Set(roles.values.map(\.content))
      listed = Dictionary(
        legacy.map { ($1, AddedToken(content: $0, special: special.contains($0))) }
          + (model?.addedTokens ?? []).map { ($0.id, $0.token) },
        uniquingKeysWith: { _, last in last })
    }
    self.roles = roles
  }

  // MARK: Answers

  /// The largest number of all tokens.
  func largestID() throws -> Int32 {
    let ids = Array(vocabulary.values) + Array(listed.keys)
    let (smallest, largest) = (ids.min() ?? 0, ids.max() ?? 0)
    guard smallest >= 0, Bounds.vocabulary.contains(Int(largest)) else {
      throw TokenizerError(
        "\(folder.path): the tokens' numbers run from \(smallest) to \(largest); expected are numbers"
          + " from 0, below \(Bounds.vocabulary.upperBound). Copy the tokenizer folder of the original"
          + " model.")
    }
    return largest
  }

  /// The number of the token with a part to play.
  func id(of role: Role) throws -> Int32 {
    let content = roles[role]?.content ?? standard.tokens[role] ?? ""
    return try id(of: content)
  }

  /// What every number spells.
  var spellings: [Int32: String] {
    Dictionary(vocabulary.map { ($1, $0.string) }) { first, _ in first }
      .merging(listed.mapValues(\.content)) { _, added in added }
  }

  /// The numbers of tokens that stand for no text of their own.
  func specialTokens() throws -> Set<Int32> {
    let named = Role.allCases.compactMap { roles[$0]?.content ?? standard.tokens[$0] }
    let marked = listed.filter(\.value.isSpecial).map(\.key)
    let extra = configuration.extraSpecialTokens.map(\.content)
    return Set(try (named + extra).map { try id(of: $0) } + marked)
  }

  /// The length that texts are padded to. What transformers writes for "no limit" means 77.
  func maxLength() throws -> Int {
    let length = configuration.modelMaxLength ?? .infinity
    guard length < 1e6 else { return 77 }
    guard (2...Double(Bounds.tokens.upperBound)).contains(length) else {
      throw TokenizerError(
        "\(folder.path)/tokenizer_config.json: 'model_max_length' is \(length); expected is 2, for"
          + " start and end, to \(Bounds.tokens.upperBound), and 77 for all published models.")
    }
    return Int(length)
  }

  /// All tokens to look for in texts. Of several with one spelling the last one counts.
  func addedTokens() throws -> [(content: String, id: Int32, isNormalized: Bool)] {
    let numbered = listed.sorted { $0.key < $1.key }.map(\.value)
    let spelled = Set(numbered.map(\.content))
    let named = Role.allCases.compactMap { role in
      roles[role] ?? standard.tokens[role].map { AddedToken(content: $0, special: true) }
    }
    let others = (named + configuration.extraSpecialTokens).filter { !spelled.contains($0.content) }
    var tokens: [String: AddedToken] = [:]
    for token in numbered + others { tokens[token.content] = token }
    return try tokens.values.map { token in
      guard !token.reachesOut else {
        throw TokenizerError(
          "\(folder.path): the added token '\(token.content)' has 'lstrip', 'rstrip' or"
            + " 'single_word' set, which \(standard.name)'s tokenizers have not. Set them to false."
        )
      }
      return (token.content, try id(of: token.content), token.isNormalized)
    }
  }

  private func id(of content: String) throws -> Int32 {
    if let id = vocabulary[TokenText(content)]
      ?? listed.first(where: { $1.content == content })?.key
    {
      return id
    }
    throw TokenizerError(
      "\(folder.path): the special token '\(content)' is not in the vocabulary of"
        + " \(vocabulary.count) tokens. Copy the tokenizer folder of the original model.")
  }

  // MARK: Reading

  /// The tokens of `vocab.txt`, one a line, by their lines' numbers; of several of one spelling the last one
  /// counts.
  private static func numbered(_ list: String) -> [TokenText: Int32] {
    var lines = list.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    let tokens = lines.map { line in
      let last = line.lastIndex { !$0.properties.isWhitespace }
      return TokenText(line[..<(last.map(line.index(after:)) ?? line.startIndex)])
    }
    return Dictionary(tokens.enumerated().map { ($1, Int32($0)) }) { _, last in last }
  }

  /// Reads `merges.txt`: two tokens a line after a line with the version.
  private static func parse(
    _ text: String, in folder: URL
  ) throws -> [(TokenText, TokenText)] {
    // Cut at scalars: a token may hold what would form one character with the end of its line.
    let lines = text.unicodeScalars.split { $0 == "\n" || $0 == "\r" }.map { String($0) }
    return try lines.filter { !$0.hasPrefix("#version") }.map { line in
      let tokens = line.unicodeScalars.split(separator: " ", omittingEmptySubsequences: false)
      guard tokens.count == 2 else {
        throw TokenizerError(
          "\(folder.path)/merges.txt: the line '\(line)' has \(tokens.count) tokens; expected are"
            + " two, with a space between. Copy the tokenizer folder of the original model.")
      }
      return (TokenText(tokens[0]), TokenText(tokens[1]))
    }
  }
}
