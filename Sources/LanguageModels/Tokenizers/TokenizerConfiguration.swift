import Checkpoints

/// `tokenizer_config.json`, as far as it tells on texts.
struct TokenizerConfiguration: Decodable {
  var modelMaxLength: Double?
  var roles: [TokenizerFiles.Role: AddedToken] = [:]
  var addedTokensDecoder: [Int32: AddedToken]?
  var extraSpecialTokens: [AddedToken] = []
  /// BERT's: whether letters become small ones, accents fall and Chinese characters stand alone.
  var doLowerCase, stripAccents, tokenizeChineseChars: Bool?
  /// GPT-2's: whether a text gets a space before it, and a token that begins it.
  var addPrefixSpace, addBosToken: Bool?
  /// Whether a text that is written loses the spaces before its marks of punctuation.
  var cleanUpTokenizationSpaces: Bool?

  init() {}

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    modelMaxLength = try container.decodeIfPresent(Double.self, forKey: "model_max_length")
    for role in TokenizerFiles.Role.allCases {
      roles[role] = try container.decodeIfPresent(AddedToken.self, forKey: "\(role)_token")
    }
    // Versions before 5 call them additional, and leave an empty list under the newer name.
    for key: Key in ["additional_special_tokens", "extra_special_tokens"] {
      extraSpecialTokens += try container.decodeIfPresent(Tokens.self, forKey: key)?.list ?? []
    }
    doLowerCase = try Self.flag("do_lower_case", in: container)
    stripAccents = try Self.flag("strip_accents", in: container)
    tokenizeChineseChars = try Self.flag("tokenize_chinese_chars", in: container)
    addPrefixSpace = try Self.flag("add_prefix_space", in: container)
    addBosToken = try Self.flag("add_bos_token", in: container)
    cleanUpTokenizationSpaces = try Self.flag("clean_up_tokenization_spaces", in: container)
    let listed = try container.decodeIfPresent(
      [String: AddedToken].self, forKey: "added_tokens_decoder")
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

  /// A flag that may be left out; some files have `NaN` for one that was never set.
  private static func flag(_ key: Key, in container: KeyedDecodingContainer<Key>) throws -> Bool? {
    switch try container.decodeIfPresent(JSONValue.self, forKey: key) {
    case .bool(let value): value
    case .number(let value) where value.isNaN: nil
    case nil, .null: nil
    case let other?:
      throw DecodingError.dataCorruptedError(
        forKey: key, in: container, debugDescription: "\(other) is neither true nor false")
    }
  }

  /// Tokens in a list or, as transformers 4.47 to 4.57 writes them, by what they are for.
  private struct Tokens: Decodable {
    let list: [AddedToken]

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let named = try? container.decode([String: AddedToken].self) {
        list = named.sorted { $0.key < $1.key }.map(\.value)
      } else {
        list = try container.decode([AddedToken].self)
      }
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
