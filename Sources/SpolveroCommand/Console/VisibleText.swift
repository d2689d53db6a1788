extension StringProtocol {
  /// The text on one line, with everything that a terminal obeys instead of showing it spelt out, such as
  /// `\u{1B}` for an escape: controls, line breaks, and marks that turn the direction of text.
  var visible: String { replacingHidden { "\\u{\(String($0.value, radix: 16, uppercase: true))}" } }

  /// The text with its own line breaks. The lines after the first are indented, so that none of them
  /// passes for another message.
  var visibleParagraph: String {
    split(separator: "\n", omittingEmptySubsequences: false).map(\.visible).joined(
      separator: "\n  ")
  }

  /// The text with something else for each scalar that a terminal obeys.
  func replacingHidden(_ spelling: (Unicode.Scalar) -> String) -> String {
    var text = ""
    for scalar in unicodeScalars {
      if scalar.isHidden { text += spelling(scalar) } else { text.unicodeScalars.append(scalar) }
    }
    return text
  }
}

extension Unicode.Scalar {
  fileprivate var isHidden: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: properties.isBidiControl
    }
  }
}
