/// Which numbers stand for black and white.
public enum PixelRange: Sendable, CaseIterable {
  /// 0 … 1: what networks that steer or annotate read.
  case unit
  /// −1 … 1: what autoencoders read and give.
  case symmetric

  /// The number of a sample of 8 bits.
  func number(of sample: UInt8) -> Float {
    let unit = Float(sample) / 255
    return self == .unit ? unit : 2 * unit - 1
  }

  /// The sample of 8 bits nearest to a number, black or white for one out of range, as diffusers rounds it.
  func sample(of number: Float) -> UInt8 {
    let unit = self == .unit ? number : number / 2 + 0.5
    return UInt8((min(max(unit, 0), 1) * 255).rounded(.toNearestOrEven))
  }
}
