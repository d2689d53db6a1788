import Checkpoints
import NeuralLayers
import Tensors

/// One level on the way up; with attention, diffusers calls it `CrossAttnUpBlock2D`.
struct UpBlock2D: Sendable {
  let resnets: [ResnetBlock2D]
  /// One behind each residual block, or none.
  let attentions: [Transformer2DModel]
  let upsampler: Upsample2D?

  /// - Parameters:
  ///   - input: Channels that come from the level below.
  ///   - skip: Channels of the last skip, which comes from the level above on the way down.
  init(
    _ p: Parameters, from input: Int, lastSkip skip: Int, upsamples: Bool,
    _ options: UNetBlockOptions
  ) throws {
    let channels = options.channels
    let last = options.layers - 1
    resnets = try (0...last).map { i in
      try options.resnet(
        p.resnets[i], from: (i == 0 ? input : channels) + (i == last ? skip : channels))
    }
    attentions = try options.transformers(p.attentions)
    upsampler = upsamples ? try Upsample2D(p.upsamplers[0], channels: channels) : nil
  }

  /// - Parameters:
  ///   - x: Features, `[N, H, W, input]`.
  ///   - skips: Features from the way down. One is taken from the end for each residual block, and the
  ///     result is enlarged to the size of the next.
  ///   - time: SiLU of the time embedding, `[N, timeChannels]`.
  ///   - context: The prompt as each transformer sees it.
  ///   - probe: Looks at the attentions.
  /// - Returns: Features for the next level.
  func callAsFunction(
    _ x: Tensor, skips: inout [Tensor], time: Tensor, context: [[BlockContext]],
    probe: UNetProbe?
  ) -> Tensor {
    var h = x
    for i in resnets.indices {
      probe?.see(input: h, layer: i)
      h = layer(i, h, skip: skips.removeLast(), time: time, context: context, probe: probe)
    }
    guard let upsampler, let next = skips.last else { return h }
    // Twice the size, or one less where the way down halved an odd size.
    return upsampler(h, height: next.shape[1], width: next.shape[2])
  }

  /// One residual block, and the transformer behind it if the level has some.
  ///
  /// - Parameters:
  ///   - x: Features from below, `[N, h, w, channels]`.
  ///   - skip: Features from the way down, `[N, h, w, channels']`.
  func layer(
    _ index: Int, _ x: Tensor, skip: Tensor, time: Tensor, context: [[BlockContext]],
    probe: UNetProbe? = nil
  ) -> Tensor {
    let h = resnets[index](.concatenate([x, skip]), time: time)
    return attentions.isEmpty
      ? h : attentions[index](h, context: context[index], probe: probe)
  }
}
