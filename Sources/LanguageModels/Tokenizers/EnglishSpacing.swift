/// Takes out the spaces that stand before marks of punctuation and contractions when words are joined by spaces.
enum EnglishSpacing {
  /// Within one piece; transformers' `cleanup` of the WordPiece decoder.
  static func closed(_ piece: String) -> String {
    replaced(piece, marks + [(" do not", " don't")] + contractions)
  }

  /// In a whole text; transformers' `clean_up_tokenization`.
  static func closed(text: String) -> String { replaced(text, marks + contractions) }

  private static let marks = [
    (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"),
    (" n't", "n't"), (" 'm", "'m"),
  ]
  private static let contractions = [(" 's", "'s"), (" 've", "'ve"), (" 're", "'re")]

  /// Replaces one after the other, scalar by scalar: a mark may carry an accent.
  private static func replaced(_ text: String, _ pairs: [(String, String)]) -> String {
    pairs.reduce(text) { text, pair in
      guard text.utf8.contains(UInt8(ascii: " ")) else { return text }
      return String(
        decoding: Array(text.utf8).replacing(Array(pair.0.utf8), with: Array(pair.1.utf8)),
        as: UTF8.self)
    }
  }
}
