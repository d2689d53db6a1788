import Checkpoints
import DiffusionModels
import NeuralLayers

/// Whether a ControlNet belongs to a model.
extension ControlNetControl {
  static func requireFit(_ folder: ModelFolder, _ model: StableDiffusionConfiguration) throws {
    let control = try ControlNetConfiguration(folder)
    let (encoder, unet) = (control.encoder, model.unet)
    let (scale, latents) = (
      model.autoencoder.downscaleFactor, model.autoencoder.latentChannels
    )
    try model.require(
      control.downscaleFactor == scale,
      "the ControlNet brings control images to 1/\(control.downscaleFactor) of their size, but latents are "
        + "1/\(scale) of the image's" + advice)
    try model.require(
      encoder.inChannels == latents,
      "the ControlNet reads \(encoder.inChannels) latent channels, but the autoencoder has \(latents)"
        + advice)
    let (sites, wanted) = (
      encoder.controlNetSites(latentScale: scale), unet.controlNetSites(latentScale: scale)
    )
    try model.require(
      sites == wanted, "the ControlNet gives \(sites), but the UNet takes \(wanted)" + advice)
    try requireFit(of: encoder, context: model.contextChannels, model)
    try model.require(
      encoder.flipSinToCos == unet.flipSinToCos && encoder.freqShift == unet.freqShift,
      "the ControlNet and the UNet embed timesteps differently (flip_sin_to_cos, freq_shift)"
        + advice)
  }

  /// Whether the network reads the model's prompts.
  private static func requireFit(
    of encoder: UNetConfiguration, context: Int, _ model: StableDiffusionConfiguration
  ) throws {
    let wanted = Set(encoder.blockOutChannels.indices.map { encoder.crossAttentionDim[$0] })
    try model.require(
      wanted == [context],
      "the ControlNet reads prompts of \(wanted.sorted()) channels, but the text encoders give "
        + "\(context)" + advice)
    guard encoder.additionEmbedType != nil else { return }
    let (found, given) = (
      encoder.projectionClassEmbeddingsInputDim, model.unet.projectionClassEmbeddingsInputDim
    )
    try model.require(
      found == given && encoder.additionTimeEmbedDim == model.unet.additionTimeEmbedDim,
      "the ControlNet wants pooled prompts and sizes of \(found ?? 0) channels, but the model has "
        + "\(given ?? 0)" + advice)
  }

  private static let advice = "; use a ControlNet that was trained for this model"
}
