import Checkpoints
import DiffusionModels
import Faults
import Foundation
import NeuralLayers
import Tensors
import VisionModels

/// What the files of an image prompt's networks say, compared with each other and with the model before any
/// weights are read.
struct ImagePromptConfiguration {
  let folder: ModelFolder
  let encoder: CLIPVisionConfiguration
  let processor: CLIPImageProcessor
  let file: Checkpoint
  let adapter: IPAdapterConfiguration
  /// The model's cross-attentions.
  let sites: [CrossAttentionSite]

  /// Reads the files and makes sure that they fit.
  ///
  /// - Throws: `CheckpointError` for files that are missing, damaged or ask for something that this engine does not do;
  ///   ``PipelineError`` for networks that do not fit each other or the model.
  init(
    _ source: ImagePromptSource, for model: StableDiffusionConfiguration,
    check: @escaping @Sendable () throws -> Void
  ) throws {
    folder = try ModelFolder(source.encoder, check: check)
    encoder = try CLIPVisionConfiguration(folder)
    processor = try CLIPImageProcessor(folder, for: encoder)
    file = try Checkpoint(source.adapter, check: check)
    if let obstacle = IPAdapterConfiguration.obstacle(in: file) {
      throw PipelineError(
        .badData,
        "\(file.location): this is \(obstacle); expected an IP-Adapter, base or plus, with tensors "
          + "image_proj.… and ip_adapter.…. tools/convert.py makes such a file of a .bin file")
    }
    adapter = try IPAdapterConfiguration(file)
    sites = model.unet.crossAttentions
    try requireFit(model)
    try requireFitOfEncoder()
  }

  private func requireFit(_ model: StableDiffusionConfiguration) throws {
    let found = (0...).lazy.map { "ip_adapter.\(2 * $0 + 1).to_k_ip.weight" }
      .prefix { file.shape(of: $0) != nil }.compactMap { file.shape(of: $0)?.dimensions }
    let wanted = sites.map { [$0.channels, $0.contextChannels] }
    func text(_ shapes: [[Int]]) -> String {
      let kinds = shapes.reduce(into: [[Int]]()) { if !$0.contains($1) { $0.append($1) } }
      return "\(shapes.count) cross-attentions of \(kinds.map { "\($0)" }.joined(separator: ", "))"
    }
    try model.require(
      Array(found) == wanted && sites.allSatisfy { $0.contextChannels == adapter.contextChannels },
      "\(file.location): the IP-Adapter is for \(text(Array(found))), but the UNet has "
        + "\(text(wanted)); use an IP-Adapter that was trained for this model")
  }

  private func requireFitOfEncoder() throws {
    let (what, channels): (String, Int) =
      switch adapter.projection {
      case .embedding: ("image embeddings", encoder.hasProjection ? encoder.projectionDim : 0)
      case .resampler: ("hidden states", encoder.hiddenSize)
      }
    if channels == adapter.imageChannels { return }
    throw PipelineError(
      .badData,
      "\(folder.url.path): the IP-Adapter reads \(what) of \(adapter.imageChannels) channels, but "
        + (channels == 0
          ? "this encoder has none: it is a CLIPVisionModel, not a CLIPVisionModelWithProjection"
          : "this encoder gives \(channels)")
        + "; use the encoder that the adapter was trained with")
  }
}
