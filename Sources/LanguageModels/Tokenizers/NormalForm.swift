// The standard library's normal forms, not yet public. Foundation's on Linux are wrong: C leaves a Hangul final apart
// from its syllable, and composes U+20066 with an accent as if it were U+0066.
@_spi(_Unicode) import Swift

/// A normal form of Unicode, as version 9 has it.
///
/// The tokenizers of reference know no later scalars: they stay, and nothing moves or combines across them.
enum NormalForm {
  /// Accents composed with their letters.
  case composed
  /// Accents apart from their letters.
  case decomposed

  /// Puts a text in the form.
  func callAsFunction(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    let runs = scalars.chunked { ($0.properties.age?.major ?? .max) <= 9 }
    return runs.flatMap { isKnown, run -> [Unicode.Scalar] in
      guard isKnown else { return Array(run) }
      var view = String.UnicodeScalarView()
      view.append(contentsOf: run)
      return switch self {
      case .composed: Array(String(view)._nfc)
      case .decomposed: Array(String(view)._nfd)
      }
    }
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
