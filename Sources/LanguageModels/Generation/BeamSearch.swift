import Foundation

/// The search for the best texts of one source; transformers' `_beam_search`.
struct BeamSearch {
  /// A text, and the sum of its tokens' logarithmic probabilities or, once it is whole, its score.
  struct Text {
    var tokens: [Int32]
    var score: Float
  }

  /// Texts that are followed, the best first: the opening alone to begin with.
  private(set) var running: [Text]
  /// Which of the texts before it each of them continues.
  private(set) var origins: [Int] = []
  /// Whole texts, the best first.
  private var finished: [Text] = []
  /// Whether nothing better is to come.
  private(set) var isDone = false

  private let beams: Int
  private let limits: GenerationLimits
  private let end: Int32
  private let lengthPenalty: Double
  private let earlyStopping: Bool

  init(opening: [Int32], end: Int32, limits: GenerationLimits, _ settings: GenerationSettings) {
    running = [Text(tokens: opening, score: 0)]
    beams = settings.numBeams
    (self.limits, self.end) = (limits, end)
    (lengthPenalty, earlyStopping) = (settings.lengthPenalty, settings.earlyStopping)
  }

  /// The best whole text.
  var best: [Int32] { finished.first?.tokens ?? [] }

  /// Continues the texts.
  ///
  /// - Parameter scores: Of each running text, those of every next token.
  mutating func advance(_ scores: [[Float]]) {
    let candidates = candidates(scores)
    let continued = candidates.map { candidate in
      Text(
        tokens: running[candidate.text].tokens + [Int32(candidate.token)], score: candidate.score)
    }
    let length = continued[0].tokens.count
    let isWhole = continued.map { $0.tokens.last == end || length >= limits.longest }
    // Only the best may count as whole; those behind them are there to go on.
    finish(zip(continued, isWhole).prefix(beams).filter(\.1).map(\.0), length: length)
    let open = continued.indices.filter { !isWhole[$0] }.prefix(beams)
    running = open.map { continued[$0] }
    origins = open.map { candidates[$0].text }
    isDone =
      running.isEmpty || (earlyStopping && finished.count == beams) || !canImprove(length: length)
  }

  /// The best continuations, twice as many as beams: half of them may be ends.
  private func candidates(_ scores: [[Float]]) -> [(text: Int, token: Int, score: Float)] {
    var best: [(text: Int, token: Int, score: Float)] = []
    for (text, row) in scores.enumerated() {
      for (token, score) in row.enumerated() {
        let sum = running[text].score + score
        if best.count == 2 * beams {
          guard sum > best[best.count - 1].score else { continue }
          best.removeLast()
        }
        let place = best.firstIndex { $0.score < sum } ?? best.count
        best.insert((text, token, sum), at: place)
      }
    }
    return best
  }

  private mutating func finish(_ texts: [Text], length: Int) {
    let scored = texts.map { Text(tokens: $0.tokens, score: $0.score / divisor(length)) }
    let all = (finished + scored).enumerated()
    finished = all.sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }
      .prefix(beams).map(\.element)
  }

  /// Whether the best running text, were it whole now, would be among the best.
  private func canImprove(length: Int) -> Bool {
    guard finished.count == beams, let best = running.first, let worst = finished.last else {
      return true
    }
    return best.score / divisor(length) > worst.score
  }

  private func divisor(_ length: Int) -> Float {
    Float(pow(Double(length - limits.opening), lengthPenalty))
  }
}
