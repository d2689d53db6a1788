import Foundation
import Tensors

/// Draws tokens among the likeliest that together have most of the probability.
///
/// Source: Holtzman et al., "The Curious Case of Neural Text Degeneration", arXiv 1904.09751; transformers'
/// `TemperatureLogitsWarper`, `TopKLogitsWarper` and `TopPLogitsWarper`, in this order.
public struct NucleusSampling: Sendable, Equatable {
  /// Share of the probability that is drawn from.
  public var topP: Float
  /// How many tokens are drawn from at most; 0 for all.
  public var topK: Int
  /// Above 1, unlikely tokens come more often.
  public var temperature: Float

  /// Transformers' defaults but for the share, which BLIP's authors have.
  public init(topP: Float = 0.9, topK: Int = 50, temperature: Float = 1) {
    (self.topP, self.topK, self.temperature) = (topP, topK, temperature)
  }

  /// The tokens that may be drawn and their probabilities, the likeliest first.
  package func candidates(of scores: [Float]) -> [(token: Int, probability: Float)] {
    let ranked = scores.indices.sorted { scores[$0] > scores[$1] }
    let kept = ranked.prefix(topK == 0 ? ranked.count : topK).map { ($0, scores[$0] / temperature) }
    // Where scores are equal, the last place takes all of them along.
    let tied = ranked.dropFirst(kept.count).prefix { scores[$0] == scores[ranked[kept.count - 1]] }
      .map { ($0, scores[$0] / temperature) }
    return nucleus(Self.softmax(kept + tied))
  }

  /// Leaves out the unlikeliest that together have no more than what the share leaves over; one stays.
  private func nucleus(
    _ all: [(token: Int, probability: Float)]
  ) -> [(token: Int, probability: Float)] {
    var tail: Float = 0
    let dropped = all.dropFirst().reversed().prefix { _, probability in
      tail += probability
      return tail <= 1 - topP
    }
    let kept = all.dropLast(dropped.count)
    let sum = kept.reduce(0) { $0 + $1.probability }
    return kept.map { ($0.token, $0.probability / sum) }
  }

  private static func softmax(_ scores: [(Int, Float)]) -> [(token: Int, probability: Float)] {
    let highest = scores.first?.1 ?? 0
    let odds = scores.map { exp($0.1 - highest) }
    let sum = odds.reduce(0, +)
    return zip(scores, odds).map { ($0.0, $1 / sum) }
  }

  /// Draws a token as `torch.multinomial` does.
  func draw(_ scores: [Float], with generator: inout TorchGenerator) -> Int {
    let chances = generator.exponential(count: scores.count)
    let candidates = candidates(of: scores).map {
      (token: $0.token, rank: $0.probability / chances[$0.token])
    }
    return candidates.reduce(candidates[0]) { best, other in
      (other.rank, best.token) > (best.rank, other.token) ? other : best
    }.token
  }
}
