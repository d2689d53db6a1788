// The standard library's normal form C, not yet public. Foundation's on Linux is wrong: it leaves a
// Hangul final apart from its syllable, and composes U+20066 with an accent as if it were U+0066.
@_spi(_Unicode) import Swift

/// Tokens that are looked for in a text before anything else, such as `<|endoftext|>`.
struct CLIPTokenizerAddedTokens: Sendable {
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
  /// Looked for in what normalisation leaves of the rest, so in any case of letters.
  private let normalized: [Spelling]

  init(_ tokens: [(content: String, id: Int32, isNormalized: Bool)]) {
    literal = tokens.filter { !$0.isNormalized }.map {
      Spelling(id: $0.id, scalars: Array($0.content.unicodeScalars))
    }
    normalized = tokens.filter(\.isNormalized).map {
      Spelling(id: $0.id, scalars: Self.normalise(Array($0.content.unicodeScalars)))
    }
  }

  func pieces(of text: String) -> [Piece] {
    Self.split(Array(text.unicodeScalars), at: literal).flatMap { piece in
      guard case .text(let scalars) = piece else { return [piece] }
      return Self.split(Self.normalise(scalars), at: normalized)
    }
  }

  /// Composes accents, makes one space of any white space, and lower-cases.
  ///
  /// Case is mapped scalar by scalar, without regard to neighbours: a final Σ becomes σ, not ς.
  private static func normalise(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    var inSpace = false
    for scalar in compose(scalars) {
      let isSpace = scalar.properties.isWhitespace
      if !isSpace {
        result.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      } else if !inSpace {
        result.append(" ")
      }
      inSpace = isSpace
    }
    return result
  }

  /// Puts a text in normal form C, as Unicode 9 has it.
  ///
  /// The reference knows no later scalars: they stay, and nothing moves or combines across them.
  private static func compose(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    let runs = scalars.chunked { ($0.properties.age?.major ?? .max) <= 9 }
    return runs.flatMap { isKnown, run -> [Unicode.Scalar] in
      guard isKnown else { return Array(run) }
      var view = String.UnicodeScalarView()
      view.append(contentsOf: run)
      return Array(String(view)._nfc)
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

extension Array {
  /// The longest runs of neighbours that answer alike, each with its answer.
  fileprivate func chunked(by answer: (Element) -> Bool) -> [(Bool, ArraySlice<Element>)] {
    var runs: [(Bool, ArraySlice<Element>)] = []
    var start = startIndex
    while start < endIndex {
      let first = answer(self[start])
      let end = self[start...].firstIndex { answer($0) != first } ?? endIndex
      runs.append((first, self[start..<end]))
      start = end
    }
    return runs
  }
}
