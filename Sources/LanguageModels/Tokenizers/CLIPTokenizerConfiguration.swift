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
    // Versions before 5 call them additional, and leave an empty list under the newer name.
    for key: Key in ["additional_special_tokens", "extra_special_tokens"] {
      extraSpecialTokens += try container.decodeIfPresent(Tokens.self, forKey: key)?.list ?? []
    }
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

  /// Tokens in a list or, as transformers 4.47 to 4.57 writes them, by what they are for.
  private struct Tokens: Decodable {
    let list: [CLIPAddedToken]

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let named = try? container.decode([String: CLIPAddedToken].self) {
        list = named.sorted { $0.key < $1.key }.map(\.value)
      } else {
        list = try container.decode([CLIPAddedToken].self)
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
