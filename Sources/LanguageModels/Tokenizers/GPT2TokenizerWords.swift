/// Cuts text into the words within which GPT-2 merges pairs; nothing of it is lost.
///
/// GPT-2's own pattern, applied to Unicode scalars:
///
///     's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
enum GPT2TokenizerWords {
  static func words(of scalars: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
    let kinds = scalars.map(WordKind.init)
    var words: [[Unicode.Scalar]] = []
    var start = 0
    while start < scalars.count {
      let rest = scalars[start...]
      let contraction = WordKind.contractions.first { rest.starts(with: $0) }
      let end = contraction.map { start + $0.count } ?? end(of: start, scalars, kinds)
      words.append(Array(scalars[start..<end]))
      start = end
    }
    return words
  }

  /// Letters, numbers or symbols go on as long as there are more of them, and one space may stand before. Of several
  /// spaces the last one is left for what comes behind them.
  private static func end(
    of start: Int, _ scalars: [Unicode.Scalar], _ kinds: [WordKind]
  ) -> Int {
    let next = start + 1
    let leads = scalars[start] == " " && next < kinds.count && kinds[next] != .space
    let first = leads ? next : start
    let end = kinds[first...].firstIndex { $0 != kinds[first] } ?? kinds.count
    let isGap = kinds[first] == .space && end < kinds.count && end - start > 1
    return isGap ? end - 1 : end
  }
}
