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
