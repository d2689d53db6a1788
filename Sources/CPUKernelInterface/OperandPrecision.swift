/// How numbers are stored as operands of products. Sums are of single precision.
package enum OperandPrecision: Sendable {
  case single, bfloat16
}

/// What a matrix product or convolution multiplies.
package enum ProductOperands: Sendable, Equatable {
  /// Numbers.
  case floats(OperandPrecision)
  /// Integers of eight bits that stand for them: a scale for each output's weights; scale and zero for
  /// the inputs of each result row. Sums of integers become numbers at the end of each step.
  case int8
}

/// What Winograd's products are made of, once inputs and weights are transformed.
package enum WinogradOperands: Sendable {
  /// Single precision.
  case single
  /// Integers of sixteen bits: a scale for the channels of a step of each tile and of each output, at
  /// each position. About as exact as direct products of bf16.
  case fixedPoint
}

/// What the two products of attention multiply.
package enum AttentionOperands: Sendable {
  /// Numbers.
  case floats(OperandPrecision)
  /// Integers of sixteen bits: a scale for each query and key, and for each channel of a block of values.
  /// They round no more than bf16 does.
  case fixedPoint
}

/// What products are made of: one number of single precision, two of bf16, or four integers of eight bits.
///
/// Packed operands are rows of words, so that all kinds share every layout. A word's bits mean nothing
/// as a `Float` when they are several.
package typealias Word = Float
