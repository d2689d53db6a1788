import Checkpoints
import NeuralLayers
import Tensors

/// Makes tokens of an encoder's hidden states: a few queries look at them, layer by layer; diffusers' class of this name,
/// and the original's `Resampler`.
struct IPAdapterPlusImageProjection: Sendable {
  /// The queries, `[1, tokens, C]`.
  let latents: Tensor
  let projectIn, projectOut: Linear
  let layers: [IPAdapterPlusImageProjectionBlock]
  let normOut: LayerNorm

  /// - Parameters:
  ///   - inputs: Channels of the hidden states.
  ///   - outputs: Channels of a token.
  ///   - tokens: Number of queries.
  ///   - channels: Channels of a query.
  init(
    _ p: Parameters, from inputs: Int, to outputs: Int, tokens: Int, channels: Int, heads: Int,
    layers: Int
  ) throws {
    latents = try p.tensor("latents", [1, tokens, channels])
    projectIn = try Linear(p.proj_in, from: inputs, to: channels)
    self.layers = try (0..<layers).map { i in
      try IPAdapterPlusImageProjectionBlock(p["layers.\(i)"], channels: channels, heads: heads)
    }
    projectOut = try Linear(p.proj_out, from: channels, to: outputs)
    normOut = try LayerNorm(p.norm_out, channels: outputs)
  }

  /// Maps `[N, L, inputs]` to `[N, tokens, outputs]`.
  func callAsFunction(_ hiddenStates: Tensor) -> Tensor {
    let x = projectIn(hiddenStates)
    let latents = latents.repeated(samples: x.shape[0])
    return normOut(projectOut(layers.reduce(latents) { latents, layer in layer(x, latents) }))
  }
}

/// Attention of queries to features and to themselves, and two matrices. The names are the original's.
struct IPAdapterPlusImageProjectionBlock: Sendable {
  let norm1, norm2, norm3: LayerNorm
  let query, keysAndValues, output: Linear
  let expand, contract: Linear
  let heads: Int

  init(_ p: Parameters, channels: Int, heads: Int) throws {
    let inner = heads * IPAdapterConfiguration.headChannels
    let (attention, feedForward) = (p["0"], p["1"])
    norm1 = try LayerNorm(attention.norm1, channels: channels)
    norm2 = try LayerNorm(attention.norm2, channels: channels)
    query = try Linear(attention.to_q, from: channels, to: inner, bias: false)
    keysAndValues = try Linear(attention.to_kv, from: channels, to: 2 * inner, bias: false)
    output = try Linear(attention.to_out, from: inner, to: channels, bias: false)
    norm3 = try LayerNorm(feedForward["0"], channels: channels)
    expand = try Linear(
      feedForward["1"], from: channels, to: 4 * channels, bias: false, activation: .gelu)
    contract = try Linear(feedForward["3"], from: 4 * channels, to: channels, bias: false)
    self.heads = heads
  }

  /// - Parameters:
  ///   - x: Features, `[N, L, C]`.
  ///   - latents: Queries, `[N, tokens, C]`.
  /// - Returns: The queries with what they found, `[N, tokens, C]`.
  func callAsFunction(_ x: Tensor, _ latents: Tensor) -> Tensor {
    let questions = norm2(latents)
    let context = keysAndValues(.concatenate(tokens: [norm1(x), questions]))
    let inner = context.shape[2] / 2
    let answers = query(questions).attention(
      keys: context.channels(0..<inner), values: context.channels(inner..<2 * inner), heads: heads)
    let attended = output(answers, residual: latents)
    return contract(expand(norm3(attended)), residual: attended)
  }
}
