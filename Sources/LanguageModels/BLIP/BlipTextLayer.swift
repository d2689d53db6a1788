import Checkpoints
import NeuralLayers
import Tensors

/// Attention among the words, attention to the image and two matrices, each with a normalisation behind its sum;
/// transformers' `BlipTextLayer`.
struct BlipTextLayer: Sendable {
  let words, image: PostNormAttention
  let expand, contract: Linear
  let norm: LayerNorm

  init(_ p: Parameters, _ configuration: BlipTextConfiguration) throws {
    let (channels, hidden) = (configuration.hiddenSize, configuration.intermediateSize)
    func attention(_ p: Parameters, from inputs: Int, causal: Bool) throws -> PostNormAttention {
      try PostNormAttention(
        p["self"], output: p.output, channels: channels, contextChannels: inputs,
        heads: configuration.numAttentionHeads, epsilon: configuration.layerNormEps, causal: causal)
    }
    words = try attention(p.attention, from: channels, causal: true)
    image = try attention(
      p.crossattention, from: configuration.encoderHiddenSize, causal: false)
    expand = try Linear(
      p.intermediate.dense, from: channels, to: hidden,
      activation: configuration.hiddenAct.activation)
    contract = try Linear(p.output.dense, from: hidden, to: channels)
    norm = try LayerNorm(
      p.output.LayerNorm, channels: channels, epsilon: configuration.layerNormEps)
  }

  /// Maps tokens to the same shape.
  ///
  /// - Parameters:
  ///   - x: `[N, L, C]`.
  ///   - known: Keys and values of the tokens before these; those of these are put behind them.
  ///   - seen: Keys and values of the images. Where there are fewer of them than samples, each is that of as many
  ///     consecutive ones.
  func callAsFunction(
    _ x: Tensor, known: inout KeysAndValues?, seen: KeysAndValues
  ) -> Tensor {
    let own = words.attention.project(x)
    let all = known?.joined(with: own) ?? own
    known = all
    let told = words(x, context: all)
    // Nothing masks what is seen, so the texts of an image are looked up as one long one.
    let rows: Shape = [seen.samples, x.shape[0] / seen.samples * x.shape[1], x.shape[2]]
    let shown = image(told.reshaped(rows), context: seen).reshaped(x.shape)
    return norm(contract(expand(shown, as: contract.operandType), residual: shown))
  }
}
