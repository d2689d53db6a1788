import Foundation

/// What is changed about the scores of next tokens before one is chosen; transformers' logits processors.
struct ScoreRules {
  let repetitionPenalty: Float
  let shortest: Int
  let end: Int

  /// The scores of what comes behind a text.
  func callAsFunction(_ scores: [Float], behind text: [Int32]) -> [Float] {
    var scores = scores
    if repetitionPenalty != 1 {
      for token in Set(text) {
        let score = scores[Int(token)]
        scores[Int(token)] = score < 0 ? score * repetitionPenalty : score / repetitionPenalty
      }
    }
    if text.count < shortest { scores[end] = -.infinity }
    return scores
  }

  /// Logarithms of probabilities.
  static func logSoftmax(_ scores: [Float]) -> [Float] {
    let highest = scores.max() ?? 0
    let sum = scores.reduce(Float(0)) { $0 + exp($1 - highest) }
    let shift = highest + log(sum)
    return scores.map { $0 - shift }
  }
}
