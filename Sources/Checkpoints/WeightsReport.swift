/// How a checkpoint differs from what a model reads.
public struct WeightsReport: Sendable {
  /// Tensors that are missing or do not fit, by name.
  public let faults: [CheckpointError]
  /// Names of tensors that the model did not read.
  public let unread: [String]

  /// How many faults say which name comes nearest; more are for programs, not for people.
  public static let shown = 8

  /// Whether the model can be built. Tensors that it does not read do no harm when nothing is missing:
  /// they are often an averaged copy or another program's.
  public var isComplete: Bool { faults.isEmpty }
}
