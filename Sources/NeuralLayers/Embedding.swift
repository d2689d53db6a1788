public import Checkpoints
public import Tensors

/// A table of learnt vectors.
public struct Embedding: Sendable {
  /// The vectors, `[count, channels]`.
  public let table: Tensor

  /// Reads `weight`, `[count, channels]`.
  ///
  /// - Throws: `CheckpointError` when the tensor is absent or has another shape.
  public init(_ p: Parameters, count: Int, channels: Int) throws {
    table = try p.tensor("weight", [count, channels])
  }

  /// Looks vectors up.
  ///
  /// - Parameter indices: `int32` positions in the table, of any shape.
  /// - Returns: The indices' shape with `channels` appended.
  public func callAsFunction(_ indices: Tensor) -> Tensor { table.gather(indices) }
}
