/// `tokenizer.json`, as far as transformers' classes read it.
struct TokenizerJSON: Decodable {
  /// The vocabulary alone.
  struct Vocabulary: Decodable {
    struct Model: Decodable { let vocab: ExactVocabulary }
    let model: Model
  }

  struct Model: Decodable {
    /// Absent where pieces are not merged.
    let merges: [Merge]?
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
    let token: AddedToken

    private enum CodingKeys: CodingKey { case id }

    init(from decoder: any Decoder) throws {
      id = try decoder.container(keyedBy: CodingKeys.self).decode(Int32.self, forKey: .id)
      token = try AddedToken(from: decoder)
    }
  }

  let model: Model
  /// What stands around a text, of the kind that spells it out.
  struct PostProcessor: Decodable {
    struct Part: Decodable {
      struct Token: Decodable { let id: String }
      let specialToken: Token?

      private enum CodingKeys: String, CodingKey { case specialToken = "SpecialToken" }
    }
    let single: [Part]?

    /// The token that begins a text, if one does.
    var opening: String? { single?.first?.specialToken?.id }
  }

  let addedTokens: [Listed]?
  let postProcessor: PostProcessor?

  private enum CodingKeys: String, CodingKey {
    case model
    case addedTokens = "added_tokens"
    case postProcessor = "post_processor"
  }
}
