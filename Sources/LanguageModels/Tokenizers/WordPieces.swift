/// Cuts words into the longest pieces that a vocabulary has, from the left; transformers' `WordPiece`.
///
/// Source: Wu et al., "Google's Neural Machine Translation System", arXiv 1609.08144.
struct WordPieces: Sendable {
  /// Words of more scalars are unknown.
  private static let longestWord = 100
  /// What a piece begins with that goes on within a word.
  private static let continuation: [Unicode.Scalar] = ["#", "#"]

  let vocabulary: [TokenText: Int32]
  let unknown: Int32

  /// The pieces of a word; the unknown token alone for one that cannot be made of pieces.
  func encode(_ word: [Unicode.Scalar]) -> [Int32] {
    guard word.count <= Self.longestWord else { return [unknown] }
    var ids: [Int32] = []
    var start = 0
    while start < word.count {
      guard let (id, end) = longestPiece(of: word, from: start) else { return [unknown] }
      ids.append(id)
      start = end
    }
    return ids
  }

  private func longestPiece(of word: [Unicode.Scalar], from start: Int) -> (id: Int32, end: Int)? {
    let prefix = start == 0 ? [] : Self.continuation
    for end in stride(from: word.count, to: start, by: -1) {
      if let id = vocabulary[TokenText(prefix + word[start..<end])] { return (id, end) }
    }
    return nil
  }

  /// Joins pieces to words, and words by spaces, but for those before marks of punctuation and English contractions.
  static func decode(_ pieces: [String]) -> String {
    pieces.enumerated().map { index, piece in
      if index == 0 { return EnglishSpacing.closed(piece) }
      let goesOn = piece.unicodeScalars.starts(with: continuation)
      return EnglishSpacing.closed(
        goesOn ? String(piece.unicodeScalars.dropFirst(continuation.count)) : " " + piece)
    }.joined()
  }
}
