import Checkpoints
import NeuralLayers
import Tensors

/// Attention among the words, attention to the image and two matrices, each with a normalisation behind its sum;
/// transformers' `BlipTextLayer`.
struct BlipTextLayer: Sendable {
  let words, image: BlipTextAttention
  let expand, contract: Linear
  let norm: LayerNorm

  init(_ p: Parameters, _ configuration: BlipTextConfiguration) throws {
    let (channels, hidden) = (configuration.hiddenSize, configuration.intermediateSize)
    words = try BlipTextAttention(p.attention, configuration, from: channels, causal: true)
    image = try BlipTextAttention(
      p.crossattention, configuration, from: configuration.encoderHiddenSize, causal: false)
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

/// Attention with a normalisation behind its sum with the input; transformers' `BlipTextAttention`.
struct BlipTextAttention: Sendable {
  let attention: Attention
  let norm: LayerNorm

  init(
    _ p: Parameters, _ configuration: BlipTextConfiguration, from context: Int, causal: Bool
  ) throws {
    let channels = configuration.hiddenSize
    let projections = p["self"]
    attention = Attention(
      query: try Linear(projections.query, from: channels, to: channels),
      key: try Linear(projections.key, from: context, to: channels),
      value: try Linear(projections.value, from: context, to: channels),
      output: try Linear(p.output.dense, from: channels, to: channels),
      heads: configuration.numAttentionHeads, causal: causal)
    norm = try LayerNorm(
      p.output.LayerNorm, channels: channels, epsilon: configuration.layerNormEps)
  }

  func callAsFunction(_ x: Tensor, context: KeysAndValues) -> Tensor {
    norm(attention(x, context: context, residual: x))
  }
}
