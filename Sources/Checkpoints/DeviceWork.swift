import Synchronization
package import TensorCore

/// What some work on tensors asks of a device.
package struct DeviceWork: Equatable, Sendable {
  /// An operation of `Backend`, by the name of its requirement.
  package enum Operation: Sendable {
    case conv2D, gatedMatmul, attention, groupNorm, layerNorm, geglu, map, clamp, combine, gather
    case copy, upsampleNearest, averagePool, pixelUnshuffle, insertZeros, transpose, cast
  }

  /// How often each operation is asked for.
  package var dispatches: [Operation: Int] = [:]
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
  ///   - fusesGates: As `Backend.fusesGates` of the device whose work is measured.
  ///   - prepare: Makes what the work needs on the device without memory that it is given, and returns
  ///     the work. Only the latter counts.
  package init(
    fusesGates: Bool = true, _ prepare: (Device) throws -> () throws -> Void
  ) throws {
    let backend = MetaBackend(fusesGates: fusesGates)
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
