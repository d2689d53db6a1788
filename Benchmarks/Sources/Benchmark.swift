import TensorCore

/// Something to be timed.
struct Benchmark: Sendable {
  /// What a run is measured by.
  enum Work: Sendable {
    /// Floating-point operations, a product and the sum after it being two.
    case operations(Double)
    /// Bytes of the operands and the result, each counted once.
    case bytes(Double)
  }

  /// Operation and sizes, such as `linear/4096x320x2560`.
  let name: String
  /// What one run does.
  let work: Work
  /// Makes the operands on a device and returns what one run does with them.
  let prepare: @Sendable (Device) -> () -> Void

  /// Every benchmark, group by group.
  static let all = linear + conv2D + attention + normalization + elementwise + models
}
