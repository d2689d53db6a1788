/// How far a result may be from the expected one, as a part of the largest expected magnitude.
public struct Tolerance: Sendable {
  /// max |found − expected| / max |expected|
  public let relative: Float

  /// Creates a tolerance.
  public init(relative: Float) { self.relative = relative }

  /// Not at all.
  public static let exact = Tolerance(relative: 0)
  /// One operation in single precision: 80 roundings of 2⁻²³.
  public static let float32 = Tolerance(relative: 1e-5)
  /// A chain of operations in single precision.
  public static let model = Tolerance(relative: 1e-4)
  /// One operation whose result is stored in half precision, with 11 bits.
  public static let float16 = Tolerance(relative: 0x1p-10)
  /// A network whose products round their operands to half precision: 16 roundings of 2⁻¹¹.
  public static let float16Model = Tolerance(relative: 0x1p-7)
  /// A network whose products round their operands to bfloat16: 16 roundings of 2⁻⁸.
  public static let bfloat16Model = Tolerance(relative: 0x1p-4)
  /// One operation whose result is stored as bfloat16, with 8 bits.
  public static let bfloat16 = Tolerance(relative: 0x1p-7)
}
