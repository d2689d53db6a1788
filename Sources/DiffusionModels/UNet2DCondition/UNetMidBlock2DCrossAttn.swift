import Checkpoints
import NeuralLayers
import Tensors

/// The bottom of a UNet: a transformer between two residual blocks.
struct UNetMidBlock2DCrossAttn: Sendable {
  let resnets: [ResnetBlock2D]
  let attentions: [Transformer2DModel]

  init(_ p: Parameters, _ options: UNetBlockOptions) throws {
    attentions = try options.transformers(p.attentions)
    resnets = try (0...attentions.count).map { i in
      try options.resnet(p.resnets[i], from: options.channels)
    }
  }

  /// - Parameters:
  ///   - x: Features, `[N, H, W, C]`.
  ///   - time: SiLU of the time embedding, `[N, timeChannels]`.
  ///   - context: The prompt as each transformer sees it.
  ///   - probe: Looks at the attentions.
  /// - Returns: `[N, H, W, C]`.
  func callAsFunction(
    _ x: Tensor, time: Tensor, context: [[BlockContext]], probe: UNetProbe?
  ) -> Tensor {
    attentions.indices.reduce(resnets[0](x, time: time)) { h, i in
      resnets[i + 1](attentions[i](h, context: context[i], probe: probe), time: time)
    }
  }
}
