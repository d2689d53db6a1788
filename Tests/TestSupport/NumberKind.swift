public import Tensors

/// What numbers are like that are rounded together.
public enum NumberKind: CaseIterable, Sendable {
  case normal, withoutSign
  /// Every product has the same sign, and their sum is as long as the norms allow.
  case nearlyConstant
  /// One channel is thirty times the others.
  case outlier
  case small
  /// The channels of a first step of a sum are far larger than the others.
  case lopsided

  /// Such numbers, of which the last axis has the channels.
  public func numbers(_ shape: Shape, on device: Device) -> Tensor {
    let normal = Tensor.normal(shape, seed: 1, on: device).floats()
    return Tensor(
      normal.enumerated().map { index, x in
        let channel = index % shape[-1]
        return switch self {
        case .normal: x
        case .withoutSign: abs(x)
        case .nearlyConstant: 5 + x / 100
        case .outlier: channel == 3 ? 30 * x : x
        case .small: x * 1e-6
        case .lopsided: channel < 256 ? 20 * x : x
        }
      }, shape, on: device)
  }
}

/// √(Σ (found − expected)² / Σ expected²)
public func relativeError(_ found: [Float], _ expected: [Float]) -> Double {
  let error = zip(found, expected).reduce(0.0) { $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1) }
  return (error / expected.reduce(0.0) { $0 + Double($1) * Double($1) }).squareRoot()
}
