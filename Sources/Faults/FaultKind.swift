/// The sorts of failure, by what is to be done about them.
public enum FaultKind: Sendable, CaseIterable {
  /// What was asked for contradicts itself, or cannot be.
  case request
  /// A file's content is wrong.
  case badData
  /// A computation gave nothing that can be used.
  case degenerate
  /// A file or folder is not there or cannot be read.
  case noInput
  /// A device is not there, or has failed.
  case device
  /// A device has less memory than the work takes.
  case memory
  /// Another process is at work there now: the same may be tried later.
  case busy
  /// The output cannot be made at its place.
  case cannotCreate
  /// Reading or writing failed halfway, as on a full disk.
  case inputOutput
  /// Somebody stopped the work.
  case interrupted
}
