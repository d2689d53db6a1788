public import Checkpoints
public import Tensors

/// Two matrices with a SiLU between them, over sinusoidal embeddings.
public struct TimestepEmbedding: Sendable {
  let linear1, linear2: Linear

  /// Reads `linear_1` and `linear_2`.
  ///
  /// - Parameters:
  ///   - p: Where both are.
  ///   - inputs: Channels of the embedding that comes in.
  ///   - channels: Channels of the hidden layer and of the result.
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public init(_ p: Parameters, from inputs: Int, to channels: Int) throws {
    linear1 = try Linear(p.linear_1, from: inputs, to: channels, activation: .silu)
    linear2 = try Linear(p.linear_2, from: channels, to: channels)
  }

  /// Maps `[N, inputs]` to `[N, channels]`.
  public func callAsFunction(_ x: Tensor) -> Tensor { linear2(linear1(x)) }
}
