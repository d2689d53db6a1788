public import Checkpoints
public import Tensors

/// Two matrices around a gated linear unit; diffusers' `FeedForward` with `geglu`.
///
/// Source: Shazeer, "GLU Variants Improve Transformer", arXiv 2002.05202.
public struct FeedForward: Sendable {
  let expand, contract: Linear

  /// Reads `net.0.proj` and `net.2`; the hidden layer has four times the channels.
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public init(_ p: Parameters, channels: Int) throws {
    let hidden = 4 * channels
    // Values and gates come from one product.
    expand = try Linear(p.net[0].proj, from: channels, to: 2 * hidden)
    contract = try Linear(p.net[2], from: hidden, to: channels)
  }

  /// Maps every row of `[…, channels]` and adds the residual, of the same shape.
  public func callAsFunction(_ x: Tensor, residual: Tensor? = nil) -> Tensor {
    let hidden = x.gatedMatmul(expand.weight, bias: expand.bias, as: contract.operandType)
    return contract(hidden, residual: residual)
  }

  /// How an input is best stored that nothing else reads.
  public var operandType: DType { expand.operandType }
}
