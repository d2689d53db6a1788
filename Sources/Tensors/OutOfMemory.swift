public import Faults

/// A device has less memory than some work takes.
public struct OutOfMemory: Fault, Equatable {
  /// There is too little memory.
  public var kind: FaultKind { .memory }
  /// What was asked for, and what needs less.
  public let description: String

  /// - Parameters:
  ///   - device: The device, as a sentence begins with it.
  ///   - byteCount: What could not be had, in bytes.
  package init(on device: String, byteCount: Int) {
    description =
      "\(device) is out of memory: \(byteCount) bytes for a result could not be had. Smaller images"
      + " or batches, half precision or a tiled decoder need less."
  }
}
