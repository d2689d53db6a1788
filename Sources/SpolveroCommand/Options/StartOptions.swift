import ArgumentParser
import DiffusionPipelines

/// How much of an image a run that starts from it leaves.
struct StartOptions: ParsableArguments {
  @Option(
    help: """
      Share of the steps that an image goes through, 0 … 1: the smaller, the more of it stays. (default: 0.8, for \
      SDXL 0.3; with a mask 1, for SDXL 0.9999)
      """)
  var strength: Double?

  @Option(
    help: """
      Share of the noise that an image gets, above 0, up to 1, as in ScribbleGen: all steps are taken, and lie \
      closer. Instead of --strength; needs --scheduler ddim. For --recipe scribblegen any number of them, as 0.5,0.75,1.0.
      """)
  var encodeRatio: RatioList?

  @Flag(
    name: .customLong("blended"),
    help: """
      Keep what lies outside the mask as Blended Latent Diffusion does, for models that were not made for inpainting.
      """)
  var isBlended = false

  @Option(
    help: "--blended: share of the steps that is left out, from 0 to below 1. (default: 0.25)")
  var blendedStart: Double?

  @Option(
    help: """
      --blended: so many wider masks come first and shrink to the given one, for thin masks. (default: 0)
      """)
  var widerMasks: Int?

  func validate() throws {
    if strength != nil && encodeRatio != nil {
      throw ValidationError("--strength and --encode-ratio exclude each other: give one of them.")
    }
    if let strength, !(0...1).contains(strength) {
      throw ValidationError("--strength \(strength): must be within 0 ... 1.")
    }
    try encodeRatio?.validate()
    if !isBlended && (blendedStart != nil || widerMasks != nil) {
      throw ValidationError("--blended-start and --wider-masks belong to --blended.")
    }
    if isBlended && isGiven {
      throw ValidationError(
        "--blended says itself where a run begins: give --blended-start instead of --strength or --encode-ratio."
      )
    }
  }

  /// Whether it says how much of an image is left.
  var isGiven: Bool { strength != nil || encodeRatio != nil }

  /// What was asked for, of several ratios the first; nil where nothing was.
  var start: Start? {
    strength.map { .image(strength: $0) }
      ?? encodeRatio.map { .encodedImage(ratio: $0.values[0]) }
  }

  var blended: BlendedLatentDiffusion? {
    guard isBlended else { return nil }
    let defaults = BlendedLatentDiffusion()
    return BlendedLatentDiffusion(
      start: blendedStart ?? defaults.start, widerMasks: widerMasks ?? defaults.widerMasks)
  }
}
