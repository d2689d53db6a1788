import DiffusionModels
import Faults

extension StableDiffusionPipeline {
  /// Makes sure that there is something to start from, and something to keep.
  func checkStart(_ requests: [ImageRequest], _ settings: SamplingSettings) throws {
    let masks = requests.count(where: isMasked)
    let wantsImages = settings.start != .noise || masks > 0
    try demand(
      masks == 0 || masks == requests.count,
      "\(masks) of \(requests.count) requests of a batch have masks; expected all of them, or none")
    try demand(
      !unet.configuration.readsMaskedImages || masks > 0,
      "the model repaints inside masks, and there is none: its UNet reads \(unet.configuration.inChannels) channels, "
        + "\(unet.configuration.outChannels) of latents and the others of a masked image. Give an image and a mask, or "
        + "take a model that paints whole images", .mask)
    try demand(
      !repaintsBoxes || settings.start == .noise || settings.start == .image(strength: 1),
      "the model repaints the insides of boxes, and begins there at noise; expected a strength of 1"
    )
    try demand(
      requests.allSatisfy { ($0.image != nil) == wantsImages },
      wantsImages
        ? "the run starts from images or repaints parts of them, but a request has none"
        : "a request has an image, but the run starts from noise and there is no mask", .image)
    try demand(
      settings.blended == nil || masks > 0,
      "blended latent diffusion keeps what lies outside a mask, and there is none", .mask)
    try demand(
      settings.blended == nil || !unet.configuration.readsMaskedImages,
      "blended latent diffusion is for models without channels for masks, and this one has them: its UNet reads "
        + "\(unet.configuration.inChannels) channels. Leave it out, or take another model")
  }

  /// Makes sure that there are steps to take.
  func checkStrength(_ settings: SamplingSettings) throws {
    if let blended = settings.blended { return try check(blended, settings) }
    guard case .image(let strength) = settings.start else { return }
    if (0...1).contains(strength), settings.start.skipped(of: settings.steps) < settings.steps {
      return
    }
    throw PipelineError(
      .request,
      "a strength of \(strength) leaves none of \(settings.steps) steps; expected up to 1, and at least "
        + "\(1 / Double(settings.steps)) for one step", remedies: [Remedy(.steps)])
  }

  private func check(_ blended: BlendedLatentDiffusion, _ settings: SamplingSettings) throws {
    guard settings.start == .noise else {
      throw PipelineError(
        .request,
        "blended latent diffusion says itself where a run begins; expected neither a strength nor an encode ratio beside "
          + "it")
    }
    guard (0..<1).contains(blended.start), (0...1000).contains(blended.widerMasks) else {
      throw PipelineError(
        .request,
        "blended latent diffusion leaves out \(blended.start) of the steps and begins with \(blended.widerMasks) wider "
          + "masks; expected a share from 0 to below 1, and up to 1000 masks")
    }
  }
}
