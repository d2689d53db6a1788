/// A clean sample with noise, in the terms of a sampling method: signal · sample + noise · ε.
public struct Noising: Sendable, Equatable {
  /// Coefficient of the clean sample.
  public let signal: Float
  /// Coefficient of noise of variance 1.
  public let noise: Float

  /// No noise at all.
  static let clean = Noising(signal: 1, noise: 0)

  /// Rounds what was computed in `Double`.
  init(signal: Double, noise: Double) {
    self.signal = Float(signal)
    self.noise = Float(noise)
  }
}

extension Scheduler {
  /// What DDIM and PNDM make of a clean sample at a timestep: √ᾱ and √(1 − ᾱ).
  func noising(at timestep: Int) -> Noising {
    let alpha = Double(schedule.alphasCumprod[timestep])
    return Noising(signal: alpha.squareRoot(), noise: (1 - alpha).squareRoot())
  }
}
