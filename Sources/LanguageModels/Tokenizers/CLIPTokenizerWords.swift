/// Cuts normalised text into the words within which pairs are merged.
///
/// CLIP's own pattern, applied to Unicode scalars:
///
///     <\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+
enum CLIPTokenizerWords {
  /// A second, general pattern cuts these again, once the first has kept symbols around them off.
  private static let specials = [["<|", "startoftext", "|>"], ["<|", "endoftext", "|>"]]
    .map { $0.map { Array($0.unicodeScalars) } }

  static func words(of scalars: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
    let kinds = scalars.map(WordKind.init)
    var words: [[Unicode.Scalar]] = []
    var position = 0
    while position < scalars.count {
      let rest = scalars[position...]
      if kinds[position] == .space {
        position += 1
      } else if let parts = specials.first(where: { rest.starts(with: $0.joined()) }) {
        words.append(contentsOf: parts)
        position += parts.joined().count
      } else if let contraction = WordKind.contractions.first(where: { rest.starts(with: $0) }) {
        words.append(contraction)
        position += contraction.count
      } else {
        let end = end(of: kinds[position], from: position, in: kinds)
        words.append(Array(scalars[position..<end]))
        position = end
      }
    }
    return words
  }

  /// Digits stand alone; letters and symbols go on as long as there are more of them.
  private static func end(of kind: WordKind, from start: Int, in kinds: [WordKind]) -> Int {
    kind == .number ? start + 1 : kinds[start...].firstIndex { $0 != kind } ?? kinds.count
  }
}
