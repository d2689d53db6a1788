/// `tokenizer_config.json`, as far as it tells on texts.
struct CLIPTokenizerConfiguration: Decodable {
  var modelMaxLength: Double?
  var roles: [CLIPTokenizerFiles.Role: CLIPAddedToken] = [:]
  var addedTokensDecoder: [Int32: CLIPAddedToken]?
  var extraSpecialTokens: [CLIPAddedToken] = []

  init() {}

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    modelMaxLength = try container.decodeIfPresent(Double.self, forKey: "model_max_length")
    for role in CLIPTokenizerFiles.Role.allCases {
      roles[role] = try container.decodeIfPresent(CLIPAddedToken.self, forKey: "\(role)_token")
    }
    let extra = try container.decodeIfPresent(
      [CLIPAddedToken].self, forKey: "additional_special_tokens")
    extraSpecialTokens =
      try extra
      ?? (container.decodeIfPresent([CLIPAddedToken].self, forKey: "extra_special_tokens") ?? [])
    let listed = try container.decodeIfPresent(
      [String: CLIPAddedToken].self, forKey: "added_tokens_decoder")
    addedTokensDecoder = try listed.map { listed in
      Dictionary(
        uniqueKeysWithValues: try listed.map { number, token in
          guard let id = Int32(number) else {
            throw DecodingError.dataCorruptedError(
              forKey: "added_tokens_decoder", in: container,
              debugDescription: "'\(number)' is not a token's number")
          }
          return (id, token)
        })
    }
  }

  /// A key known only when the file is read.
  private struct Key: CodingKey, ExpressibleByStringInterpolation {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init(stringLiteral value: String) { stringValue = value }
    init?(intValue: Int) { nil }
  }
}

/// A token that is looked for in texts; in files a plain text, or an object with options.
struct CLIPAddedToken: Decodable {
  let content: String
  /// Whether it is looked for after normalisation; `nil` if the file does not say.
  private let normalized: Bool?
  private let special: Bool
  /// Whether it would swallow spaces or need word boundaries around it.
  let reachesOut: Bool

  /// Special tokens are taken literally unless their file says otherwise.
  var isNormalized: Bool { normalized ?? !special }

  init(content: String, special: Bool) {
    self.init(content: content, normalized: nil, special: special, reachesOut: false)
  }

  private init(content: String, normalized: Bool?, special: Bool, reachesOut: Bool) {
    self.content = content
    self.normalized = normalized
    self.special = special
    self.reachesOut = reachesOut
  }

  /// The same token with a part to play.
  var asSpecial: CLIPAddedToken {
    CLIPAddedToken(
      content: content, normalized: normalized, special: true, reachesOut: reachesOut)
  }

  private enum CodingKeys: String, CodingKey {
    case content, normalized, special, lstrip, rstrip
    case singleWord = "single_word"
  }

  init(from decoder: any Decoder) throws {
    if let text = try? decoder.singleValueContainer().decode(String.self) {
      self.init(content: text, special: true)
      return
    }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let reach = try [CodingKeys.lstrip, .rstrip, .singleWord].contains {
      try container.decodeIfPresent(Bool.self, forKey: $0) ?? false
    }
    self.init(
      content: try container.decode(String.self, forKey: .content),
      normalized: try container.decodeIfPresent(Bool.self, forKey: .normalized),
      special: try container.decodeIfPresent(Bool.self, forKey: .special) ?? false,
      reachesOut: reach)
  }

  /// An entry of `special_tokens_map.json`, which also holds lists that are no tokens.
  struct Lenient: Decodable {
    let token: CLIPAddedToken?
    init(from decoder: any Decoder) throws { token = try? CLIPAddedToken(from: decoder) }
  }
}

/// `tokenizer.json`, as far as transformers' CLIP class reads it.
struct CLIPTokenizerJSON: Decodable {
  struct Model: Decodable {
    let vocab: [String: Int32]
    let merges: [Merge]
  }

  /// Two tokens, in a list or in one text with a space between.
  struct Merge: Decodable {
    let left, right: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      let tokens =
        try (try? container.decode([String].self))
        ?? container.decode(String.self).unicodeScalars.split(separator: " ").map { String($0) }
      guard tokens.count == 2 else {
        throw DecodingError.dataCorruptedError(
          in: container, debugDescription: "a merge has \(tokens.count) tokens instead of two")
      }
      (left, right) = (tokens[0], tokens[1])
    }
  }

  struct Listed: Decodable {
    let id: Int32
    let token: CLIPAddedToken

    private enum CodingKeys: CodingKey { case id }

    init(from decoder: any Decoder) throws {
      id = try decoder.container(keyedBy: CodingKeys.self).decode(Int32.self, forKey: .id)
      token = try CLIPAddedToken(from: decoder)
    }
  }

  let model: Model
  let addedTokens: [Listed]?

  private enum CodingKeys: String, CodingKey {
    case model
    case addedTokens = "added_tokens"
  }
}
