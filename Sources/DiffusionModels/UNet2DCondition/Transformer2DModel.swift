import Checkpoints
import NeuralLayers
import Tensors

/// Transformer blocks over the pixels of a feature map.
struct Transformer2DModel: Sendable {
  let norm: GroupNorm
  let projectIn, projectOut: Linear
  let blocks: [BasicTransformerBlock]

  init(
    _ p: Parameters, channels: Int, groups: Int, depth: Int, _ options: TransformerOptions
  ) throws {
    // diffusers writes this ε down here, whatever the configuration's `norm_eps`.
    norm = try GroupNorm(p.norm, channels: channels, groups: groups, epsilon: 1e-6)
    // With channels last, both spellings of the projection are the same matrix product.
    let isKernel = !options.linearProjection
    projectIn = try Linear(p.proj_in, from: channels, to: channels, storedAsKernel: isKernel)
    blocks = try (0..<depth).map { i in
      try BasicTransformerBlock(
        p.transformer_blocks[i], channels: channels, options)
    }
    projectOut = try Linear(p.proj_out, from: channels, to: channels, storedAsKernel: isKernel)
  }

  /// What each block's cross-attention makes of a prompt, `[N, L, contextChannels]`.
  func project(_ prompt: Tensor) -> [BlockContext] {
    blocks.map { BlockContext($0.crossAttention.project(prompt)) }
  }

  /// - Parameters:
  ///   - x: Features, `[N, H, W, C]`.
  ///   - context: From ``project(_:)``, and what was added.
  ///   - probe: Looks at the attentions.
  /// - Returns: Features, `[N, H, W, C]`.
  func callAsFunction(_ x: Tensor, context: [BlockContext], probe: UNetProbe?) -> Tensor {
    let tokens: Shape = [x.shape[0], x.shape[1] * x.shape[2], x.shape[3]]
    let start = projectIn(norm(x, as: projectIn.operandType).reshaped(tokens))
    let h = zip(blocks, context).reduce(start) { h, layer in
      layer.0(h, context: layer.1, probe: probe)
    }
    return projectOut(h, residual: x.reshaped(tokens)).reshaped(x.shape)
  }
}
