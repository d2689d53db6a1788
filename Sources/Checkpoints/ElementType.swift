public import Tensors

/// How a safetensors file stores the elements of a tensor, under the file's own names.
///
/// The order of the cases is the order in which the original library sorts tensors when it writes them:
/// larger alignment is written first, so the later case comes first in a file.
///
/// Source: `Dtype` in huggingface/safetensors, `safetensors/src/tensor.rs`.
public enum ElementType: String, Sendable, CaseIterable, Comparable {
  /// A truth value in a byte.
  case bool = "BOOL"
  /// Four-bit float.
  case float4 = "F4"
  /// Six-bit float, two bits of exponent.
  case float6E2M3 = "F6_E2M3"
  /// Six-bit float, three bits of exponent.
  case float6E3M2 = "F6_E3M2"
  /// Unsigned byte.
  case uint8 = "U8"
  /// Signed byte.
  case int8 = "I8"
  /// Eight-bit float, five bits of exponent.
  case float8E5M2 = "F8_E5M2"
  /// Eight-bit float, four bits of exponent.
  case float8E4M3 = "F8_E4M3"
  /// Eight-bit power of two.
  case float8E8M0 = "F8_E8M0"
  /// Eight-bit float, four bits of exponent, without a negative zero.
  case float8E4M3FNUZ = "F8_E4M3FNUZ"
  /// Eight-bit float, five bits of exponent, without a negative zero.
  case float8E5M2FNUZ = "F8_E5M2FNUZ"
  /// Signed integer of 16 bits.
  case int16 = "I16"
  /// Unsigned integer of 16 bits.
  case uint16 = "U16"
  /// IEEE 754 half precision.
  case float16 = "F16"
  /// The upper half of a single-precision number.
  case bfloat16 = "BF16"
  /// Signed integer of 32 bits.
  case int32 = "I32"
  /// Unsigned integer of 32 bits.
  case uint32 = "U32"
  /// IEEE 754 single precision.
  case float32 = "F32"
  /// Two single-precision numbers.
  case complex64 = "C64"
  /// IEEE 754 double precision.
  case float64 = "F64"
  /// Signed integer of 64 bits.
  case int64 = "I64"
  /// Unsigned integer of 64 bits.
  case uint64 = "U64"

  /// Bits an element takes; some types take less than a byte.
  public var bitCount: Int {
    switch self {
    case .float4: 4
    case .float6E2M3, .float6E3M2: 6
    case .bool, .uint8, .int8, .float8E5M2, .float8E4M3, .float8E8M0, .float8E4M3FNUZ,
      .float8E5M2FNUZ:
      8
    case .int16, .uint16, .float16, .bfloat16: 16
    case .int32, .uint32, .float32: 32
    case .complex64, .float64, .int64, .uint64: 64
    }
  }

  /// The type in which a device can hold these elements as they are; nil when it has none.
  public var dtype: DType? {
    switch self {
    case .float32: .float32
    case .float16: .float16
    case .bfloat16: .bfloat16
    case .int32: .int32
    default: nil
    }
  }

  /// The type that stores a tensor's elements as they are.
  public init(_ dtype: DType) {
    switch dtype {
    case .float32: self = .float32
    case .float16: self = .float16
    case .bfloat16: self = .bfloat16
    case .int32: self = .int32
    }
  }

  /// Whether the right type comes before the left one in a file.
  public static func < (left: ElementType, right: ElementType) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
