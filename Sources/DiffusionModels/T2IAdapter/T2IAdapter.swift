public import Checkpoints
public import NeuralLayers
public import Tensors

/// The network that turns a control image, such as outlines, into features for a UNet.
///
/// It runs once an image; the features are added in every step.
///
/// Source: Mou et al., "T2I-Adapter", AAAI 2024, arXiv 2302.08453.
public struct T2IAdapter: PretrainedModel {
  /// How the network is built.
  public let configuration: T2IAdapterConfiguration
  /// Absent in a light adapter.
  let convIn: Conv2D?
  let body: [AdapterBlock]

  /// Reads the network, whose names begin with `adapter.`.
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public init(_ p: Parameters, _ configuration: T2IAdapterConfiguration) throws {
    self.configuration = configuration
    let p = p.adapter
    let channels = configuration.channels
    let (light, layers) = (configuration.adapterType == .light, configuration.numResBlocks)
    let factor = configuration.downscaleFactor
    let unshuffled = configuration.inChannels * factor * factor
    convIn = light ? nil : try Conv2D(p.conv_in, from: unshuffled, to: channels[0], kernel: 3)
    var input = light ? unshuffled : channels[0]
    body = try configuration.halvings.enumerated().map { i, halves in
      let output = channels[min(i, channels.count - 1)]
      defer { input = output }
      return light
        ? try AdapterBlock(
          light: p.body[i], from: input, to: output, layers: layers, halves: halves)
        : try AdapterBlock(
          full: p.body[i], from: input, to: output, layers: layers, halves: halves)
    }
  }

  /// Finds the features of a control image.
  ///
  /// - Parameter image: `[N, H, W, inChannels]`, 0 … 1; height and width are multiples of
  ///   ``T2IAdapterConfiguration/downscaleFactor``.
  /// - Returns: Feature maps, finest first, as ``T2IAdapterConfiguration/features`` describes them. Odd
  ///   sizes are halved upwards.
  public func callAsFunction(_ image: Tensor) -> [Tensor] {
    let unshuffled = image.pixelUnshuffle(configuration.downscaleFactor)
    var features: [Tensor] = []
    var h = convIn?(unshuffled) ?? unshuffled
    for block in body {
      h = block(h)
      features.append(h)
    }
    return features
  }
}

extension UNetResiduals {
  /// An adapter's feature maps in their places.
  ///
  /// - Parameters:
  ///   - features: From ``T2IAdapter/callAsFunction(_:)``.
  ///   - levels: Levels of the UNet; an adapter with one more feature, as SDXL's, ends in the middle.
  public init(_ features: [Tensor], ofLevels levels: Int) {
    self.init(
      levels: Array(features.prefix(levels)),
      middle: features.count > levels ? features[levels] : nil)
  }
}
