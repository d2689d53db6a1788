/// A failure that somebody is told about.
///
/// Every error that leaves a module is one, so that whoever catches it can tell what sort of failure it is without
/// knowing its type.
public protocol Fault: Error, Sendable, CustomStringConvertible {
  /// What sort of failure it is.
  var kind: FaultKind { get }

  /// What was found where, what was expected and what to do, in one paragraph. It names things, never the
  /// options of a command line.
  var description: String { get }

  /// Settings that may be chosen otherwise against it, the likeliest first.
  var remedies: [Remedy] { get }
}

extension Fault {
  /// None.
  public var remedies: [Remedy] { [] }
}
