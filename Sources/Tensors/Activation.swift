/// A function applied to every element, alone or at the end of another operation.
public enum Activation: String, Sendable, CaseIterable {
  /// x
  case identity
  /// x · sigmoid(x)
  case silu
  /// x · Φ(x), with the error function
  case gelu
  /// x · sigmoid(1.702 x)
  case quickGELU
  /// max(x, 0)
  case relu
  /// 1 / (1 + e⁻ˣ)
  case sigmoid
  /// eˣ
  case exponential
}
