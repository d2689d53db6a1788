/// Makes of a text what BERT's tokenizer cuts into words; transformers' `BertNormalizer`.
///
/// Source: Devlin et al., "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding",
/// arXiv 1810.04805, as the tokenizers library computes it.
struct BertNormalizer: Sendable {
  /// Whether letters become small ones.
  let lowercases: Bool
  /// Whether accents are taken off their letters.
  let stripsAccents: Bool
  /// Whether Chinese characters stand alone.
  let separatesChinese: Bool

  /// Drops what is not shown, sets Chinese characters apart, takes accents off and lower-cases.
  @Sendable func normalise(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var text = scalars.compactMap(Self.cleaned)
    if separatesChinese { text = text.flatMap { Self.isChinese($0) ? [" ", $0, " "] : [$0] } }
    if stripsAccents { text = NormalForm.decomposed(text).filter { !BertUnicode.isAccent($0) } }
    // Scalar by scalar, without regard to neighbours: a final Σ becomes σ, not ς.
    return lowercases ? text.flatMap { $0.properties.lowercaseMapping.unicodeScalars } : text
  }

  /// The words of a normalised text; each mark of punctuation is one.
  static func words(of scalars: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
    var words: [[Unicode.Scalar]] = []
    var isOpen = false
    for scalar in scalars {
      let standsAlone = BertUnicode.isPunctuation(scalar)
      if scalar.properties.isWhitespace {
        isOpen = false
      } else if isOpen && !standsAlone {
        words[words.count - 1].append(scalar)
      } else {
        words.append([scalar])
        isOpen = !standsAlone
      }
    }
    return words
  }

  /// Nil for what is not shown, which most line breaks are counted among; a space for any white space.
  private static func cleaned(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    if ["\t", "\n", "\r"].contains(scalar) { return " " }
    if scalar == "\u{FFFD}" || BertUnicode.isControl(scalar) { return nil }
    return scalar.properties.isWhitespace ? " " : scalar
  }

  /// The blocks that BERT's authors took for Chinese, compatibility forms with them.
  private static func isChinese(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F, 0x2B740...0x2B81F,
      0x2B920...0x2CEAF, 0xF900...0xFAFF, 0x2F800...0x2FA1F:
      true
    default: false
    }
  }
}
