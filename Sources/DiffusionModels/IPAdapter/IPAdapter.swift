public import Checkpoints
import NeuralLayers
public import Tensors

/// The network that shows a UNet an image as a prompt: tokens of what a vision encoder says, and for every
/// cross-attention keys and values of them, whose answers are added to those of the words.
///
/// Source: Ye et al., "IP-Adapter: Text Compatible Image Prompt Adapter for Text-to-Image Diffusion Models",
/// arXiv 2308.06721.
public struct IPAdapter: Sendable {
  /// How the network is built.
  public let configuration: IPAdapterConfiguration
  private let projection: Projection
  /// In the order of ``PromptContext``.
  private let attentions: [AttentionContext]

  private enum Projection: Sendable {
    case embedding(ImageProjection)
    case resampler(IPAdapterPlusImageProjection)
  }

  /// Reads the network in its authors' layout: `image_proj` and `ip_adapter`.
  ///
  /// - Parameters:
  ///   - p: The root of the file.
  ///   - configuration: How the adapter is built.
  ///   - sites: The UNet's cross-attentions, from ``UNetConfiguration/crossAttentions``.
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public init(
    _ p: Parameters, _ configuration: IPAdapterConfiguration, for sites: [CrossAttentionSite]
  ) throws {
    self.configuration = configuration
    projection = try Self.projection(p.image_proj, configuration)
    // All attentions of the UNet are counted, and every second one is a cross-attention.
    attentions = try sites.enumerated().map { index, site in
      let place = p.ip_adapter[2 * index + 1]
      func linear(_ p: Parameters) throws -> Linear {
        try Linear(p, from: configuration.contextChannels, to: site.channels, bias: false)
      }
      return AttentionContext(
        key: try linear(place.to_k_ip), value: try linear(place.to_v_ip), heads: site.heads)
    }
  }

  private static func projection(
    _ p: Parameters, _ configuration: IPAdapterConfiguration
  ) throws -> Projection {
    let (inputs, outputs) = (configuration.imageChannels, configuration.contextChannels)
    switch configuration.projection {
    case .embedding(let tokens):
      return .embedding(try ImageProjection(p, from: inputs, to: outputs, tokens: tokens))
    case .resampler(let tokens, let channels, let heads, let layers):
      return .resampler(
        try IPAdapterPlusImageProjection(
          p, from: inputs, to: outputs, tokens: tokens, channels: channels, heads: heads,
          layers: layers))
    }
  }

  /// Makes tokens of images.
  ///
  /// - Parameter features: What the encoder says of them: embeddings `[N, imageChannels]` or, for a resampler, hidden
  ///   states `[N, L, imageChannels]`.
  /// - Returns: `[N, tokens, contextChannels]`.
  public func tokens(of features: Tensor) -> Tensor {
    switch projection {
    case .embedding(let projection): projection(features)
    case .resampler(let projection): projection(features)
    }
  }

  /// Computes what all steps of an image have in common.
  ///
  /// - Parameters:
  ///   - tokens: From ``tokens(of:)``, of one image or of several in a row, `[N, L, contextChannels]`.
  ///   - scale: Factor of the answers.
  public func project(_ tokens: Tensor, scale: Float) -> ImageContext {
    ImageContext(blocks: attentions.map { $0(tokens) }, scale: scale)
  }
}

/// What the cross-attentions of a UNet make of an image prompt: the same in every step.
public struct ImageContext: Sendable {
  /// In the order of ``PromptContext``.
  let blocks: [KeysAndValues]
  let scale: Float

  /// That of the last samples.
  public func suffix(_ samples: Int) -> ImageContext {
    ImageContext(blocks: blocks.map { $0.suffix(samples) }, scale: scale)
  }
}
