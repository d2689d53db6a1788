import Checkpoints
import NeuralLayers
import Tensors

/// One level on the way down; with attention, diffusers calls it `CrossAttnDownBlock2D`.
struct DownBlock2D: Sendable {
  let resnets: [ResnetBlock2D]
  /// One behind each residual block, or none.
  let attentions: [Transformer2DModel]
  let downsampler: Conv2D?

  init(
    _ p: Parameters, from input: Int, downsamples: Bool, _ options: UNetBlockOptions
  ) throws {
    let channels = options.channels
    resnets = try (0..<options.layers).map { i in
      try options.resnet(p.resnets[i], from: i == 0 ? input : channels)
    }
    attentions = try options.transformers(p.attentions)
    downsampler =
      downsamples
      ? try Conv2D(p.downsamplers[0].conv, from: channels, to: channels, kernel: 3, stride: 2)
      : nil
  }

  /// - Parameters:
  ///   - x: Features, `[N, H, W, input]`.
  ///   - time: SiLU of the time embedding, `[N, timeChannels]`.
  ///   - context: The prompt as each transformer sees it.
  ///   - probe: Looks at the attentions.
  ///   - residual: Added behind the last attention or, without attention, to the block's result.
  /// - Returns: The features behind every layer, for the way up; the last one is the block's result.
  func callAsFunction(
    _ x: Tensor, time: Tensor, context: [[BlockContext]], residual: Tensor?,
    probe: UNetProbe?
  ) -> [Tensor] {
    var outputs: [Tensor] = []
    var h = x
    for (i, resnet) in resnets.enumerated() {
      h = resnet(h, time: time)
      if !attentions.isEmpty { h = attentions[i](h, context: context[i], probe: probe) }
      outputs.append(h)
    }
    if !attentions.isEmpty { outputs.addToLast(residual) }
    if let downsampler { outputs.append(downsampler(outputs[outputs.count - 1])) }
    if attentions.isEmpty { outputs.addToLast(residual) }
    return outputs
  }
}

extension [Tensor] {
  /// Adds a residual to the last tensor, repeating it where it has fewer samples.
  fileprivate mutating func addToLast(_ residual: Tensor?) {
    guard let residual, let last = popLast() else { return }
    append(last + residual)
  }
}
