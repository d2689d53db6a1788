import Synchronization
public import Tensors

/// Compares a checkpoint with what a model reads, and notes every difference instead of failing at the
/// first.
///
/// Build the model from it on `Device.meta`; then ask for the report.
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

  /// Hands out the tensor, or a shape alone in its place when it is absent or does not fit.
  public func tensor(named name: String, _ shape: Shape, on device: Device) throws -> Tensor {
    precondition(device.isMeta, "WeightsAudit: the model must be built on the meta device")
    do {
      if self.shape(of: name) == nil { throw absent(name, shape) }
      return try source.tensor(named: name, shape, on: device)
    } catch let error as CheckpointError {
      faults.found.withLock { $0[name] = error }
      return Tensor(shape, on: device)
    }
  }

  /// Without the nearest name: of hundreds, only those that are shown get one.
  private func absent(_ name: String, _ shape: Shape) -> CheckpointError {
    CheckpointError(.missing(tensor: name, shape: shape, nearest: nil), in: location)
  }

  /// What was found so far.
  ///
  /// - Parameter suffixes: Ends of names that need not be read, such as `.position_ids`.
  public func report(ignoring suffixes: [String] = []) -> WeightsReport {
    let found = faults.found.withLock { $0 }
    // A tensor of the wrong shape was asked for, so it is not left over.
    let left = leftOver(ignoring: suffixes).filter { found[$0] == nil }
    let sorted = found.sorted { $0.key < $1.key }.map(\.value)
    let shown = sorted.prefix(WeightsReport.shown).map(withNearestName)
    return WeightsReport(faults: shown + sorted.dropFirst(shown.count), unread: left)
  }

  private func withNearestName(_ fault: CheckpointError) -> CheckpointError {
    guard case .missing(let name, let shape, nil) = fault.reason else { return fault }
    return source.missing(name, shape)
  }

  private final class Faults: Sendable {
    let found = Mutex<[String: CheckpointError]>([:])
  }
}
