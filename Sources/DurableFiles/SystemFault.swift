package import Faults

/// An error of the system that nobody has explained, such as one of Foundation's.
package struct SystemFault: Fault {
  /// Reading or writing failed.
  package var kind: FaultKind { .inputOutput }
  /// The system's own words.
  package let description: String
}

/// An error as the fault that it is, or else as one of the system's.
package func fault(of error: any Error) -> any Fault {
  error as? any Fault ?? SystemFault(description: "\(reason(of: error)). Check the disk.")
}
