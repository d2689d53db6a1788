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
