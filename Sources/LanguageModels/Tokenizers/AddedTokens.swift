/// Tokens that are looked for in a text before anything else, such as `<|endoftext|>`.
struct AddedTokens: Sendable {
  enum Piece {
    case token(Int32)
    /// Normalised text without added tokens.
    case text([Unicode.Scalar])
  }

  /// A token as it is spelled in texts.
  struct Spelling: Sendable {
    let id: Int32
    let scalars: [Unicode.Scalar]
  }

  /// Looked for in the text as it is written.
  private let literal: [Spelling]
  /// Looked for in what normalisation leaves of the rest, so in any case of letters where that lower-cases.
  private let normalized: [Spelling]
  private let normalise: @Sendable ([Unicode.Scalar]) -> [Unicode.Scalar]

  init(
    _ tokens: [(content: String, id: Int32, isNormalized: Bool)],
    normalise: @escaping @Sendable ([Unicode.Scalar]) -> [Unicode.Scalar]
  ) {
    literal = tokens.filter { !$0.isNormalized }.map {
      Spelling(id: $0.id, scalars: Array($0.content.unicodeScalars))
    }
    normalized = tokens.filter(\.isNormalized).map {
      Spelling(id: $0.id, scalars: normalise(Array($0.content.unicodeScalars)))
    }
    self.normalise = normalise
  }

  func pieces(of text: String) -> [Piece] {
    Self.split(Array(text.unicodeScalars), at: literal).flatMap { piece in
      guard case .text(let scalars) = piece else { return [piece] }
      return Self.split(normalise(scalars), at: normalized)
    }
  }

  /// Cuts a text at the leftmost tokens, of several at one place at the longest.
  private static func split(_ scalars: [Unicode.Scalar], at tokens: [Spelling]) -> [Piece] {
    let byLength = tokens.filter { !$0.scalars.isEmpty }
      .sorted { $0.scalars.count > $1.scalars.count }
    var pieces: [Piece] = []
    var start = 0
    var position = 0
    while position < scalars.count {
      guard let token = byLength.first(where: { scalars[position...].starts(with: $0.scalars) })
      else {
        position += 1
        continue
      }
      if start < position { pieces.append(.text(Array(scalars[start..<position]))) }
      pieces.append(.token(token.id))
      position += token.scalars.count
      start = position
    }
    if start < scalars.count { pieces.append(.text(Array(scalars[start...]))) }
    return pieces
  }
}
