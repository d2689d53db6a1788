/// How a checkpoint differs from what a model reads.
public struct WeightsReport: Sendable {
  /// Tensors that are missing or do not fit, by name.
  public let faults: [CheckpointError]
  /// Names of tensors that the model did not read.
  public let unread: [String]

  /// Whether the checkpoint is exactly what the model reads.
  public var isComplete: Bool { faults.isEmpty && unread.isEmpty }
}
