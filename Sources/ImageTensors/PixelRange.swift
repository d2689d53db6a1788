/// Which numbers stand for black and white.
public enum PixelRange: Sendable, CaseIterable {
  /// 0 … 1: what networks that steer or annotate read.
  case unit
  /// −1 … 1: what autoencoders read and give.
  case symmetric
  /// 0 … 255: what a few old annotators read.
  case levels

  /// The number of a sample of 8 bits.
  func number(of sample: UInt8) -> Float {
    switch self {
    case .unit: Float(sample) / 255
    case .symmetric: 2 * (Float(sample) / 255) - 1
    case .levels: Float(sample)
    }
  }

  /// The sample of 8 bits nearest to a number, black or white for one out of range, as diffusers rounds it.
  func sample(of number: Float) -> UInt8 {
    let unit =
      switch self {
      case .unit: number
      case .symmetric: number / 2 + 0.5
      case .levels: number / 255
      }
    return UInt8((min(max(unit, 0), 1) * 255).rounded(.toNearestOrEven))
  }
}
