import Checkpoints
import DurableFiles
import Foundation

/// The files of a `tokenizer` folder, read as transformers 5 reads them.
///
/// Of `tokenizer.json` only vocabulary, merges and added tokens count; how text is normalised and
/// cut is CLIP's affair, whatever that file says.
struct CLIPTokenizerFiles {
  /// Tokens with a part to play, in the order in which transformers adds them.
  enum Role: String, CaseIterable {
    case bos, eos, unk, sep, pad, cls, mask

    /// What transformers' class takes when no file says otherwise.
    fileprivate var standard: String? {
      switch self {
      case .bos: "<|startoftext|>"
      case .eos, .unk, .pad: "<|endoftext|>"
      case .sep, .cls, .mask: nil
      }
    }
  }

  let folder: URL
  let vocabulary: [String: Int32]
  let merges: [(String, String)]

  private let configuration: CLIPTokenizerConfiguration
  private let roles: [Role: CLIPAddedToken]
  /// Added tokens with numbers of their own, by number.
  private let listed: [Int32: CLIPAddedToken]

  init(folder: URL) throws {
    self.folder = folder
    let model: CLIPTokenizerJSON? = try Self.decode("tokenizer.json", in: folder)
    if let model {
      vocabulary = model.model.vocab
      merges = model.model.merges.map { ($0.left, $0.right) }
    } else if let vocabulary: [String: Int32] = try Self.decode("vocab.json", in: folder),
      let merges = try Self.text("merges.txt", in: folder)
    {
      self.vocabulary = vocabulary
      self.merges = try Self.parse(merges, in: folder)
    } else {
      throw TokenizerError(
        "\(folder.path) holds no tokenizer; expected is 'tokenizer.json', or 'vocab.json' with"
          + " 'merges.txt'. Copy the tokenizer folder of the original model.")
    }

    configuration = try Self.decode("tokenizer_config.json", in: folder) ?? .init()
    var roles = configuration.roles
    if let decoder = configuration.addedTokensDecoder {
      listed = decoder
    } else {
      // Older folders keep special tokens apart; newer ones may keep the old file, unread.
      let map: [String: CLIPAddedToken.Lenient]? =
        try Self.decode("special_tokens_map.json", in: folder)
      for role in Role.allCases {
        if let token = map?["\(role)_token"]?.token { roles[role] = token.asSpecial }
      }
      let legacy: [String: Int32] = try Self.decode("added_tokens.json", in: folder) ?? [:]
      let special = Set(roles.values.map(\.content))
      listed = Dictionary(
        legacy.map { ($1, CLIPAddedToken(content: $0, special: special.contains($0))) }
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
    let content = roles[role]?.content ?? role.standard ?? ""
    return try id(of: content)
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
      roles[role] ?? role.standard.map { CLIPAddedToken(content: $0, special: true) }
    }
    let others = (named + configuration.extraSpecialTokens).filter { !spelled.contains($0.content) }
    var tokens: [String: CLIPAddedToken] = [:]
    for token in numbered + others { tokens[token.content] = token }
    return try tokens.values.map { token in
      guard !token.reachesOut else {
        throw TokenizerError(
          "\(folder.path): the added token '\(token.content)' has 'lstrip', 'rstrip' or"
            + " 'single_word' set, which CLIP's tokenizers have not. Set them to false.")
      }
      return (token.content, try id(of: token.content), token.isNormalized)
    }
  }

  private func id(of content: String) throws -> Int32 {
    if let id = vocabulary[content] ?? listed.first(where: { $1.content == content })?.key {
      return id
    }
    throw TokenizerError(
      "\(folder.path): the special token '\(content)' is not in the vocabulary of"
        + " \(vocabulary.count) tokens. Copy the tokenizer folder of the original model.")
  }

  // MARK: Reading

  private static func data(_ name: String, in folder: URL) throws -> Data? {
    let file = folder.appending(path: name)
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    return try contents(of: file)
  }

  private static func text(_ name: String, in folder: URL) throws -> String? {
    try data(name, in: folder).map { String(decoding: $0, as: UTF8.self) }
  }

  private static func decode<Value: Decodable>(_ name: String, in folder: URL) throws -> Value? {
    guard let data = try data(name, in: folder) else { return nil }
    do {
      return try JSONDecoder.python.decode(Value.self, from: data)
    } catch let error as DecodingError {
      throw TokenizerError(
        "\(folder.appending(path: name).path) is not what a CLIP tokenizer has there:"
          + " \(summary(of: error)). Copy the tokenizer folder of the original model.")
    }
  }

  /// Reads `merges.txt`: two tokens a line after a line with the version.
  private static func parse(_ text: String, in folder: URL) throws -> [(String, String)] {
    // Cut at scalars: a token may hold what would form one character with the end of its line.
    let lines = text.unicodeScalars.split { $0 == "\n" || $0 == "\r" }.map { String($0) }
    return try lines.filter { !$0.hasPrefix("#version") }.map { line in
      let tokens = line.unicodeScalars.split(separator: " ", omittingEmptySubsequences: false)
      guard tokens.count == 2 else {
        throw TokenizerError(
          "\(folder.path)/merges.txt: the line '\(line)' has \(tokens.count) tokens; expected are"
            + " two, with a space between. Copy the tokenizer folder of the original model.")
      }
      return (String(tokens[0]), String(tokens[1]))
    }
  }
}
