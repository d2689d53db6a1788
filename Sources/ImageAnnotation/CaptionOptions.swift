public import LanguageModels

/// What captions are to be like.
public struct CaptionOptions: Sendable, Equatable {
  /// What every caption begins with.
  public var prompt: String
  /// How it goes on.
  public var generation: GenerationSettings

  /// Captions of up to 30 tokens, the best of three that are followed, as BLIP's authors make them.
  public init(prompt: String = "") {
    self.prompt = prompt
    generation = GenerationSettings()
    generation.numBeams = 3
    generation.maxNewTokens = 30
  }
}

extension CaptionOptions: CustomStringConvertible {
  /// All that decides a caption beside model and image, in one line.
  public var description: String {
    let g = generation
    var parts: [String] = []
    if !prompt.isEmpty { parts.append("prompt '\(prompt)'") }
    if let sampling = g.sampling {
      parts += [
        "top-p \(sampling.topP)", "top-k \(sampling.topK)", "temperature \(sampling.temperature)",
      ]
    } else {
      parts.append(g.numBeams == 1 ? "greedy" : "\(g.numBeams) beams")
    }
    parts.append("max " + (g.maxNewTokens.map { "\($0) new" } ?? g.maxLength.map { "\($0)" } ?? ""))
    parts.append("min " + (g.minNewTokens.map { "\($0) new" } ?? "\(g.minLength)"))
    if g.lengthPenalty != 1 { parts.append("length penalty \(g.lengthPenalty)") }
    if g.repetitionPenalty != 1 { parts.append("repetition penalty \(g.repetitionPenalty)") }
    if g.earlyStopping { parts.append("early stopping") }
    return parts.joined(separator: ", ")
  }
}
