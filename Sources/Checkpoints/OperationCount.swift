import Synchronization
package import TensorCore

/// Counts the floating-point operations of matrix products, convolutions and attention, a product and
/// the sum after it being two, as PyTorch's `FlopCounterMode` does. Nothing is computed.
///
/// What a causal attention leaves out and zeros of a padding count too.
///
/// - Parameter body: Does the work on the device without memory that it is given.
package func countOperations(_ body: (Device) throws -> Void) rethrows -> Int {
  let backend = MetaBackend()
  try body(Device(backend))
  return backend.operations.load(ordering: .relaxed)
}
