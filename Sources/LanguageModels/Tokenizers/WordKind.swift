/// What byte-pair tokenizers tell scalars apart by: the classes of their regular expressions.
enum WordKind {
  case space, letter, number, symbol

  init(_ scalar: Unicode.Scalar) {
    self =
      if scalar.properties.isWhitespace {
        .space
      } else if let age = scalar.properties.age, age.major <= 16 {
        Self.known(scalar.properties.generalCategory)
      } else {
        // The reference's regular expressions know Unicode 16; what came later is a symbol to them.
        .symbol
      }
  }

  private static func known(_ category: Unicode.GeneralCategory) -> WordKind {
    switch category {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      .letter
    case .decimalNumber, .letterNumber, .otherNumber: .number
    default: .symbol
    }
  }

  /// Ends of English words that are words of their own.
  static let contractions = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"]
    .map { Array($0.unicodeScalars) }
}
