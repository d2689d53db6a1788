import Faults
import Tensors

/// Continues texts token by token, by any decoder; transformers' `generate`.
public struct TextGenerator: Sendable {
  /// How.
  public let settings: GenerationSettings
  /// The token that ends a text.
  public let end: Int32
  /// Tokens of a text that the decoder can read.
  public let longest: Int

  /// Collects what texts depend on.
  ///
  /// - Parameters:
  ///   - settings: How.
  ///   - end: The token that ends a text.
  ///   - longest: Tokens of a text that the decoder can read.
  public init(_ settings: GenerationSettings, end: Int32, longest: Int) {
    (self.settings, self.end, self.longest) = (settings, end, longest)
  }

  /// Continues an opening for each source of a decoder; a text depends on its source alone.
  ///
  /// - Parameters:
  ///   - opening: What every text begins with.
  ///   - decoder: A decoder that has read nothing yet.
  ///   - seeds: Of each source, what chooses the drawn tokens: those that transformers draws after
  ///     `torch.manual_seed` for this source alone.
  ///   - check: Called before each token; what it throws ends the work.
  /// - Returns: A text for each seed, its opening and its end included.
  /// - Throws: ``GenerationError`` when there is no room behind the opening, or the decoder gives no numbers.
  public func callAsFunction(
    behind opening: [Int32], by decoder: some TokenDecoder, seeds: [UInt64],
    check: () throws -> Void = {}
  ) throws -> [[Int32]] {
    let limits = settings.limits(behind: opening.count, longest: longest)
    try require(limits)
    let rules = ScoreRules(
      repetitionPenalty: settings.repetitionPenalty, shortest: limits.shortest, end: Int(end))
    return settings.numBeams > 1
      ? try searched(opening, decoder, sources: seeds.count, limits, rules, check)
      : try chosen(opening, decoder, seeds, limits, rules, check)
  }

  private func require(_ limits: GenerationLimits) throws {
    guard limits.longest > limits.opening && limits.longest <= longest else {
      throw GenerationError(
        .request,
        "texts of up to \(limits.longest) tokens are asked for, of which \(limits.opening) are the opening's; "
          + "expected are \(limits.opening + 1) to \(longest). Ask for another length, or for another opening."
      )
    }
  }

  /// One text a source: the likeliest token each time, or a drawn one.
  private func chosen(
    _ opening: [Int32], _ decoder: some TokenDecoder, _ seeds: [UInt64],
    _ limits: GenerationLimits, _ rules: ScoreRules, _ check: () throws -> Void
  ) throws -> [[Int32]] {
    var (decoder, generators) = (decoder, seeds.map { TorchGenerator(seed: $0) })
    var texts = seeds.map { _ in opening }
    var open = Array(seeds.indices)
    while !open.isEmpty {
      try check()
      let unread = texts[open[0]].count == opening.count ? opening.count : 1
      let scores = try self.scores(decoder(open.map { Array(texts[$0].suffix(unread)) }))
      for (row, source) in open.enumerated() {
        let ruled = rules(scores[row], behind: texts[source])
        texts[source].append(Int32(choose(ruled, with: &generators[source])))
      }
      let kept = open.indices.filter {
        let text = texts[open[$0]]
        return text.last != end && text.count < limits.longest
      }
      if kept.count < open.count && !kept.isEmpty { decoder.select(kept) }
      open = kept.map { open[$0] }
    }
    return texts
  }

  private func choose(_ scores: [Float], with generator: inout TorchGenerator) -> Int {
    if let sampling = settings.sampling { return sampling.draw(scores, with: &generator) }
    return scores.indices.reduce(0) { scores[$1] > scores[$0] ? $1 : $0 }
  }

  /// The best text of each source, of as many that are followed as there are beams.
  private func searched(
    _ opening: [Int32], _ decoder: some TokenDecoder, sources: Int, _ limits: GenerationLimits,
    _ rules: ScoreRules, _ check: () throws -> Void
  ) throws -> [[Int32]] {
    var decoder = decoder
    var searches = (0..<sources).map { _ in
      BeamSearch(opening: opening, end: end, limits: limits, settings)
    }
    var open = Array(searches.indices)
    var unread = open.map { _ in opening }
    while !open.isEmpty {
      try check()
      let scores = try self.scores(decoder(unread))
      let each = scores.count / open.count
      for (place, source) in open.enumerated() {
        let rows = zip(scores[place * each..<(place + 1) * each], searches[source].running)
        searches[source].advance(rows.map { rules(ScoreRules.logSoftmax($0), behind: $1.tokens) })
      }
      let kept = open.indices.filter { !searches[open[$0]].isDone }
      if kept.isEmpty { break }
      decoder.select(
        kept.flatMap { place in searches[open[place]].origins.map { place * each + $0 } })
      open = kept.map { open[$0] }
      unread = open.flatMap { searches[$0].running.map { Array($0.tokens.suffix(1)) } }
    }
    return searches.map(\.best)
  }

  /// Rows of scores, which have to be numbers.
  private func scores(_ logits: Tensor) throws -> [[Float]] {
    let (numbers, count) = (logits.floats(), logits.shape[1])
    guard numbers.allSatisfy(\.isFinite) else {
      throw GenerationError(
        .badData, "the network gave numbers that are not finite. Check its weights.")
    }
    guard count > 2 * settings.numBeams else {
      throw GenerationError(
        .request,
        "\(settings.numBeams) beams are too many for a vocabulary of \(count) tokens. Ask for fewer."
      )
    }
    return stride(from: 0, to: numbers.count, by: count).map { Array(numbers[$0..<$0 + count]) }
  }
}
