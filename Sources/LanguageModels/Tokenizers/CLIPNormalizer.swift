/// Makes of a text what CLIP's tokenizer cuts into words.
enum CLIPNormalizer {
  /// Composes accents, makes one space of any white space, and lower-cases.
  ///
  /// Case is mapped scalar by scalar, without regard to neighbours: a final Σ becomes σ, not ς.
  @Sendable static func normalise(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    var inSpace = false
    for scalar in NormalForm.composed(scalars) {
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
}
