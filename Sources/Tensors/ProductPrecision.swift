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

  /// Operands of eight bits, on processors: weights in 255 steps of the largest of an output's thousand, inputs in 255
  /// steps of the range of what one result row reads, found as they come. Windows over large maps are
  /// multiplied in Winograd's form as integers of sixteen bits, which round as bf16 does; attention in
  /// what ``Backend/precision(beside:)`` says. Processors without instructions for it compute the same, more slowly.
  case int8 = "int8"
  /// Operands of sixteen bits, on processors, with a scale for what each result row reads and for every 256 of an output's
  /// weights: they round no more than bf16 does, and processors that do not multiply bf16 multiply them half as fast again
  /// as single precision, or twice as fast. Windows over large maps and attention are multiplied as with ``int8``.
  case int16 = "int16"

  /// Whether operands are integers. They then are so in the places of a network that can do with them only, and what
  /// ``Backend/precision(beside:)`` says elsewhere.
  public var isInteger: Bool { self == .int8 || self == .int16 }

  /// Bytes that a packed weight takes for each of its elements; with integers, where the numbers of windows
  /// are kept too, on the average of a network.
  public var byteCount: Int {
    switch self {
    case .float32: 4
    case .bfloat16, .float16: 2
    case .int8: 2
    case .int16: 3
    }
  }
}
