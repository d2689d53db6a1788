import Checkpoints
import DiffusionModels
import TensorCore

/// The smallest number that both numbers divide.
func leastCommonMultiple(_ a: Int, _ b: Int) -> Int {
  var (x, y) = (a, b)
  while y != 0 { (x, y) = (y, x % y) }
  return a / x * b
}

extension StableDiffusionPipeline {
  /// Makes sure that the loaded parts belong together.
  func checkParts() throws {
    let network = unet.configuration
    for block in network.blockOutChannels.indices {
      let channels = network.crossAttentionDim[block]
      try Self.require(
        .parts, channels == promptEncoder.channels,
        "the text encoders give \(promptEncoder.channels) channels, but block \(block) of the UNet "
          + "wants \(channels); the folders come from different models")
    }
    let latents = autoencoder.configuration.latentChannels
    try Self.require(
      .parts, latents == network.inChannels && latents == network.outChannels,
      "the autoencoder has \(latents) latent channels, but the UNet reads \(network.inChannels) and "
        + "gives \(network.outChannels); models for inpainting or instructions are not supported")
    guard let adapter = adapter?.configuration else { return }
    let scale = autoencoder.configuration.downscaleFactor
    try Self.require(
      .parts, network.takes(adapter, latentScale: scale),
      "the T2I-Adapter gives \(adapter.features), but the UNet takes "
        + "\(network.adapterSites(latentScale: scale)); use an adapter that was trained for this model"
    )
  }

  /// Makes sure that a batch can be painted.
  func check(_ requests: [PictureRequest], _ settings: SamplingSettings) throws {
    guard let first = requests.first else {
      throw PipelineError(.request, "there is nothing to paint: the batch is empty")
    }
    try require(
      requests.allSatisfy { $0.width == first.width && $0.height == first.height },
      "pictures of one batch must have one size")
    for side in [first.width, first.height] {
      let nearest = max(sizeMultiple, (side + sizeMultiple / 2) / sizeMultiple * sizeMultiple)
      try require(
        side > 0 && side % sizeMultiple == 0,
        "a side of \(side) pixels is not a multiple of \(sizeMultiple), which this model needs; "
          + "the nearest is \(nearest)")
    }
    for request in requests { try check(request) }
    try require(
      requests.allSatisfy { ($0.guide == nil) == (first.guide == nil) },
      "either all pictures of a batch have a guide or none")
  }

  private func check(_ request: PictureRequest) throws {
    try require(
      request.guide == nil || adapter != nil,
      "there is an outline to follow, but no T2I-Adapter was loaded")
    try require(
      request.guide != nil || adapter == nil,
      "a T2I-Adapter was loaded, but there is no outline for it to follow")
    if let latents = request.initialLatents {
      let wanted = latentShape(width: request.width, height: request.height)
      try require(
        latents.shape == wanted,
        "the initial latents are \(latents.shape), but a picture of \(request.width)×"
          + "\(request.height) pixels needs \(wanted) (samples, channels, rows, columns)")
    }
  }

  private func require(_ condition: Bool, _ fault: @autoclosure () -> String) throws {
    try Self.require(.request, condition, fault())
  }

  private static func require(
    _ reason: PipelineError.Reason, _ condition: Bool, _ fault: @autoclosure () -> String
  ) throws {
    if !condition { throw PipelineError(reason, fault()) }
  }
}
