/// How the operands of products are stored. Sums are of single precision.
package enum OperandPrecision: Sendable {
  case single, bfloat16
}

/// What products are made of: one number of single precision, or two of bf16.
///
/// Packed operands are rows of words, so that both kinds share every layout. A word's bits mean nothing
/// as a `Float` when they are a pair.
package typealias Word = Float
