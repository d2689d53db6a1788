import ArgumentParser
import ImageAnnotation
import LanguageModels

/// What captions are to be like; the names are transformers'.
struct CaptionerOptions: ParsableArguments {
  // Texts may begin with a dash.
  @Option(parsing: .unconditional, help: "What every caption begins with, such as 'a picture of'.")
  var prompt = ""

  @Option(help: "Captions that are followed at once; the best is taken. (default: 3)")
  var beams: Int?

  @Option(help: "Tokens of a caption at least, the prompt's included.")
  var minLength: Int?

  @Option(help: "Tokens of a caption at most, the prompt's included.")
  var maxLength: Int?

  @Option(help: "Tokens behind the prompt at least.")
  var minNewTokens: Int?

  @Option(help: "Tokens behind the prompt at most. (default: 30)")
  var maxNewTokens: Int?

  @Option(
    help:
      "Beams: above 0, long captions are preferred, the more the higher; below, short ones. (default: 1)"
  )
  var lengthPenalty: Double?

  @Option(help: "Above 1, tokens that a caption has already are less likely. (default: 1)")
  var repetitionPenalty: Float?

  @Flag(help: "Beams: end as soon as as many captions as beams are whole.")
  var earlyStopping = false

  @Option(
    help: """
      Draw each token among the likeliest with this share of the probability, instead of following \
      beams.
      """)
  var topP: Float?

  @Option(help: "With --top-p: draw among so many tokens at most, 0 for all. (default: 50)")
  var topK: Int?

  @Option(help: "With --top-p: above 1, unlikely tokens come more often. (default: 1)")
  var temperature: Float?

  @Option(
    name: .shortAndLong,
    help: "With --top-p: chooses the tokens, with each image's name. (default: 0)")
  var seed: UInt64?

  func validate() throws {
    try validateLengths()
    try validateBeams()
    guard topP != nil || (topK == nil && temperature == nil && seed == nil) else {
      throw ValidationError("--top-k, --temperature and --seed belong to --top-p.")
    }
    guard (topP ?? 1) > 0, (topP ?? 1) <= 1, (topK ?? 0) >= 0,
      (temperature ?? 1) > 0, (temperature ?? 1).isFinite
    else {
      throw ValidationError(
        "--top-p must be above 0 and at most 1, --top-k at least 0, --temperature above 0.")
    }
  }

  private func validateLengths() throws {
    guard [minLength, maxLength, minNewTokens, maxNewTokens].allSatisfy({ ($0 ?? 1) >= 0 }) else {
      throw ValidationError("Numbers of tokens must be at least 0.")
    }
    if minLength != nil && minNewTokens != nil || maxLength != nil && maxNewTokens != nil {
      throw ValidationError(
        "--min-length and --min-new-tokens exclude each other, as do --max-length and --max-new-tokens: give one."
      )
    }
    if (minNewTokens ?? 0) > (maxNewTokens ?? .max) || (minLength ?? 0) > (maxLength ?? .max) {
      throw ValidationError("The least number of tokens is above the greatest.")
    }
  }

  private func validateBeams() throws {
    guard (1...64).contains(beams ?? 1) else {
      throw ValidationError("--beams \(beams ?? 1): must be within 1 ... 64.")
    }
    if topP != nil && (beams ?? 1) > 1 {
      throw ValidationError("--top-p draws one caption; leave --beams out.")
    }
    if options.generation.numBeams == 1 && (lengthPenalty != nil || earlyStopping) {
      throw ValidationError("--length-penalty and --early-stopping need --beams above 1.")
    }
    guard (lengthPenalty ?? 1).isFinite, (repetitionPenalty ?? 1).isFinite,
      (repetitionPenalty ?? 1) > 0
    else {
      throw ValidationError("--length-penalty must be a number, --repetition-penalty one above 0.")
    }
  }

  /// What was asked for.
  var options: CaptionOptions {
    var options = CaptionOptions(prompt: prompt)
    options.generation.numBeams = topP != nil ? 1 : beams ?? options.generation.numBeams
    options.generation.minLength = minLength ?? 0
    options.generation.minNewTokens = minNewTokens
    options.generation.maxLength = maxLength
    options.generation.maxNewTokens =
      maxNewTokens ?? (maxLength == nil ? options.generation.maxNewTokens : nil)
    options.generation.lengthPenalty = lengthPenalty ?? 1
    options.generation.repetitionPenalty = repetitionPenalty ?? 1
    options.generation.earlyStopping = earlyStopping
    options.generation.sampling = topP.map {
      NucleusSampling(topP: $0, topK: topK ?? 50, temperature: temperature ?? 1)
    }
    return options
  }
}
