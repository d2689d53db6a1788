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
    doLowerCase = try container.decodeIfPresent(Bool.self, forKey: "do_lower_case")
    stripAccents = try container.decodeIfPresent(Bool.self, forKey: "strip_accents")
    tokenizeChineseChars = try container.decodeIfPresent(
      Bool.self, forKey: "tokenize_chinese_chars")
    addPrefixSpace = try container.decodeIfPresent(Bool.self, forKey: "add_prefix_space")
    addBosToken = try container.decodeIfPresent(Bool.self, forKey: "add_bos_token")
    cleanUpTokenizationSpaces = try container.decodeIfPresent(
      Bool.self, forKey: "clean_up_tokenization_spaces")
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
