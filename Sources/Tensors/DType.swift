/// How the elements of a tensor are stored.
///
/// Arithmetic always accumulates in `float32`, whatever the storage.
public enum DType: String, Sendable, CaseIterable, CustomStringConvertible {
  /// IEEE 754 single precision: the reference.
  case float32
  /// IEEE 754 half precision.
  case float16
  /// The upper half of a `float32`.
  case bfloat16
  /// Two's complement integers: token ids and positions.
  case int32

  /// Bytes an element takes.
  public var byteCount: Int {
    switch self {
    case .float32, .int32: 4
    case .float16, .bfloat16: 2
    }
  }

  /// The name that messages and command lines use.
  public var description: String { rawValue }
}
