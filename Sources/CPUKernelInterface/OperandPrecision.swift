/// How numbers are stored as operands of products. Sums are of single precision.
package enum OperandPrecision: Sendable {
  case single, bfloat16
}

/// What a matrix product or convolution multiplies.
package enum ProductOperands: Sendable, Equatable {
  /// Numbers.
  case floats(OperandPrecision)
  /// Integers that stand for them. Sums of integers become numbers at the end of each step.
  case integers(IntegerPrecision)
}

/// How integers stand for numbers: each step of an output's weights has a scale, and so has what a result row
/// reads.
package enum IntegerPrecision: Sendable {
  /// Eight bits, with a zero for each result row.
  case int8
  /// Sixteen bits, of which as many are used as their sums allow.
  case int16
}

/// What a processor has for products of short integers.
package enum IntegerInstructions: Sendable {
  /// None that save time.
  case none
  /// One that multiplies and adds up two of sixteen bits, and another adds them to what was summed before. Most processors
  /// of AVX2 do so half as fast again as they multiply single precision; those of AVX-512 do both in the same units.
  case ofPairs
  /// Those that add to what was summed before.
  case summing
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
