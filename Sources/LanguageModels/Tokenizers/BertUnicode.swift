/// Categories of Unicode 8, by which the reference tells marks, punctuation and controls; whatever came later is none
/// of them.
enum BertUnicode {
  /// Whether a scalar is an accent or another mark that takes no room.
  static func isAccent(_ scalar: Unicode.Scalar) -> Bool { category(scalar) == .nonspacingMark }

  /// Whether a scalar is punctuation, or one of ASCII's symbols.
  static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch category(scalar) {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      true
    case .mathSymbol, .currencySymbol, .modifierSymbol: scalar.isASCII
    default: false
    }
  }

  /// Whether a scalar is a control, or formats, or belongs to nobody.
  static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch category(scalar) {
    case .control, .format, .privateUse: true
    default: false
    }
  }

  private static func category(_ scalar: Unicode.Scalar) -> Unicode.GeneralCategory {
    if let moved = moved[scalar.value] { return moved }
    let isKnown = (scalar.properties.age?.major ?? .max) <= 8
    return isKnown ? scalar.properties.generalCategory : .unassigned
  }

  /// Scalars that Unicode has put into another category since.
  private static let moved: [UInt32: Unicode.GeneralCategory] = [
    0x166D: .otherPunctuation, 0x1734: .nonspacingMark, 0x1885: .otherLetter, 0x1886: .otherLetter,
    0xA9BD: .spacingMark, 0x111C9: .otherPunctuation, 0x1171E: .nonspacingMark,
  ]
}
