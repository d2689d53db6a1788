/// How texts are continued; the names and defaults are those of transformers' `GenerationConfig`.
public struct GenerationSettings: Sendable, Equatable {
  /// Texts that are followed at once; 1 takes the likeliest token each time.
  public var numBeams = 1
  /// Tokens of a text, its opening included. Without this and ``maxNewTokens``, twenty are added to the opening.
  public var maxLength: Int?
  /// Tokens added to the opening, at most; counts before ``maxLength``.
  public var maxNewTokens: Int?
  /// Tokens of a text, its opening included, at least.
  public var minLength = 0
  /// Tokens added to the opening, at least; counts before ``minLength``.
  public var minNewTokens: Int?
  /// Beams: a text's score is divided by its length to this power. Above 0, long texts are preferred.
  public var lengthPenalty = 1.0
  /// Above 1, tokens that a text has already are less likely.
  public var repetitionPenalty: Float = 1
  /// Beams: whether a source is done as soon as it has as many whole texts as beams, and not only when no other
  /// could be better.
  public var earlyStopping = false
  /// Draws each token, instead of taking the likeliest; without beams.
  public var sampling: NucleusSampling?

  /// Transformers' defaults: greedy, twenty tokens.
  public init() {}

  /// How long texts become that begin with an opening.
  ///
  /// - Parameters:
  ///   - opening: Number of its tokens.
  ///   - longest: Tokens of a text that the network can read.
  func limits(behind opening: Int, longest: Int) -> GenerationLimits {
    let usual = min(opening + Self.usualNewTokens, longest)
    return GenerationLimits(
      opening: opening, longest: maxNewTokens.map { $0 + opening } ?? maxLength ?? usual,
      shortest: minNewTokens.map { $0 + opening } ?? minLength)
  }

  private static let usualNewTokens = 20
}

/// Lengths of texts, in tokens.
struct GenerationLimits {
  let opening, longest, shortest: Int
}
