import Synchronization
public import TensorCore

/// Compares a checkpoint with what a model reads, and notes every difference instead of failing at the
/// first.
///
/// Build the model from it on ``TensorCore/Device/meta``; then ask for the report.
public struct WeightsAudit: ParameterSource {
  private let source: any ParameterSource
  private let faults = Faults()

  /// Audits a source.
  public init(_ source: any ParameterSource) { self.source = source }

  /// The file or folder of the audited source.
  public var location: String { source.location }
  /// All names of the audited source, sorted.
  public var names: [String] { source.names }
  /// Names that the model has not read yet, sorted.
  public var unread: [String] { source.unread }
  /// The extents of a tensor; nil when there is no such tensor.
  public func shape(of name: String) -> Shape? { source.shape(of: name) }
  /// How a tensor is stored; nil when there is no such tensor.
  public func elementType(of name: String) -> ElementType? { source.elementType(of: name) }

  /// Hands out the tensor, or zeros in its place when it is absent or does not fit.
  public func tensor(named name: String, _ shape: Shape, on device: Device) throws -> Tensor {
    do {
      return try source.tensor(named: name, shape, on: device)
    } catch let error as CheckpointError {
      faults.found.withLock { $0[name] = error }
      return Tensor(repeating: 0, shape, on: device)
    }
  }

  /// What was found so far.
  ///
  /// - Parameter suffixes: Ends of names that need not be read, such as `.position_ids`.
  public func report(ignoring suffixes: [String] = []) -> WeightsReport {
    let found = faults.found.withLock { $0 }
    // A tensor of the wrong shape was asked for, so it is no leftover.
    let left = unread.filter { name in
      found[name] == nil && !suffixes.contains { name.hasSuffix($0) }
    }
    return WeightsReport(
      faults: found.sorted { $0.key < $1.key }.map(\.value), unread: left)
  }

  private final class Faults: Sendable {
    let found = Mutex<[String: CheckpointError]>([:])
  }
}
