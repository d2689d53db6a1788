/// How matrix products, convolutions and attention round their operands.
///
/// Sums, norms, the softmax and everything between the products stay in `float32`.
public enum ProductPrecision: String, Sendable, CaseIterable {
  /// Operands of single precision: the reference.
  case float32 = "fp32"
  /// Operands rounded to bf16: weights take half the memory, and products half the time on a device
  /// that multiplies bf16 itself. On others the results are the same, and later.
  case bfloat16 = "bf16"
  /// Operands rounded to fp16, on graphics devices: weights take half the memory, and matrix units, where
  /// there are any, multiply them many times faster. Finite operands beyond ±65504, the largest number,
  /// become ±65504; where that would matter, bf16 has the range of single precision.
  case float16 = "fp16"

  /// Bytes that a packed weight takes for each of its elements.
  public var byteCount: Int { self == .float32 ? 4 : 2 }
}
