import Foundation
public import Tensors

extension Reference {
  /// An activation of one number.
  public static func activate(_ x: Double, _ activation: Activation) -> Double {
    switch activation {
    case .identity: x
    case .silu: x / (1 + exp(-x))
    case .gelu: x * erfc(-x / 2.0.squareRoot()) / 2
    case .quickGELU: x / (1 + exp(-1.702 * x))
    case .relu: max(x, 0)
    case .sigmoid: 1 / (1 + exp(-x))
    case .exponential: exp(x)
    }
  }
}
