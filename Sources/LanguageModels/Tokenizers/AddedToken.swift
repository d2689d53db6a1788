/// A token that is looked for in texts; in files a plain text, or an object with options.
struct AddedToken: Decodable {
  let content: String
  /// Whether it is looked for after normalisation; `nil` if the file does not say.
  private let normalized: Bool?
  /// Whether it stands for no text of its own.
  let isSpecial: Bool
  /// Whether it would swallow spaces or need word boundaries around it.
  let reachesOut: Bool

  /// Special tokens are taken literally unless their file says otherwise.
  var isNormalized: Bool { normalized ?? !isSpecial }

  init(content: String, special: Bool) {
    self.init(content: content, normalized: nil, special: special, reachesOut: false)
  }

  private init(content: String, normalized: Bool?, special: Bool, reachesOut: Bool) {
    self.content = content
    self.normalized = normalized
    isSpecial = special
    self.reachesOut = reachesOut
  }

  /// The same token with a part to play.
  var asSpecial: AddedToken {
    AddedToken(
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
    let token: AddedToken?
    init(from decoder: any Decoder) throws { token = try? AddedToken(from: decoder) }
  }
}
