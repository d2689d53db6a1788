import Synchronization

/// What some work on tensors asks of a device.
package struct DeviceWork: Equatable, Sendable {
  /// Makes what the work needs on a device without memory, and returns the work. Only the latter counts.
  package typealias Preparation = (Device) throws -> () throws -> Void

  /// How often each operation is asked for, by the name of its requirement in ``Backend``.
  package var dispatches: [String: Int] = [:]
  /// Results that get memory of their own.
  package var allocations = 0
  /// Operations in matrix products, convolutions and attention, a product and the sum after it being
  /// two, as PyTorch's `FlopCounterMode` counts them. What a causal attention leaves out and zeros of a
  /// padding count too.
  package var floatingPointOperations = 0
  /// Most bytes that the work held at once, its results included, beside what it was given.
  package var peakByteCount = 0
  /// Bytes held now; negative when more was let go of than taken.
  var heldByteCount = 0

  /// No work.
  package init() {}

  /// Measures work without doing it.
  ///
  /// - Parameters:
  ///   - backend: Does what the device does whose work is measured; by default one whose results alone
  ///     take memory.
  ///   - prepare: Makes the work.
  package init(on backend: MetaBackend = MetaBackend(), _ prepare: Preparation) throws {
    let work = try prepare(Device(backend))
    backend.work.withLock { $0 = DeviceWork() }
    try work()
    self = backend.work.withLock { $0 }
  }

  mutating func hold(_ byteCount: Int) {
    heldByteCount += byteCount
    peakByteCount = max(peakByteCount, heldByteCount)
  }
}

extension Device {
  /// The most bytes that some work would hold at once on this device, its results included, beside what it
  /// is given. Nothing is computed.
  ///
  /// Weights may be those of any device: a result is where the first operand is, and has no memory there.
  ///
  /// - Parameter prepare: Makes what the work needs, such as a model of synthetic weights, on a device
  ///   without memory that behaves as this one does, and returns the work.
  /// - Throws: What `prepare` or the work throws.
  public func memory(for prepare: (Device) throws -> () throws -> Void) throws -> Int {
    try DeviceWork(on: backend.rehearsal(), prepare).peakByteCount
  }
}
