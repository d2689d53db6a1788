import Foundation
public import Tensors

/// Sinusoidal embedding of a number, such as a timestep.
///
///     y = [sin(t·ω₀), sin(t·ω₁), …, cos(t·ω₀), cos(t·ω₁), …],  ωᵢ = 10000^(−i / (C/2 − shift))
///
/// Source: Ho, Jain and Abbeel, "Denoising Diffusion Probabilistic Models", NeurIPS 2020; arXiv 2006.11239.
public struct Timesteps: Sendable {
  let frequencies: [Float]
  let cosinesFirst: Bool

  /// Describes the embedding.
  ///
  /// - Parameters:
  ///   - channels: Numbers in an embedding; even.
  ///   - flipSinToCos: Whether the cosines come first.
  ///   - downscaleFreqShift: Shift of the exponents' denominator, 0 or 1.
  public init(channels: Int, flipSinToCos: Bool, downscaleFreqShift: Float) {
    precondition(channels % 2 == 0, "Timesteps: \(channels) channels are odd")
    let half = channels / 2
    // The reference computes exponents and arguments in single precision. At t = 999 a rounding that
    // differs moves the phase visibly, so it is repeated here.
    let factor = Float(-log(10000.0))
    frequencies = (0..<half).map { i in
      let exponent = factor * Float(i) / (Float(half) - downscaleFreqShift)
      return Float(exp(Double(exponent)))
    }
    cosinesFirst = flipSinToCos
  }

  /// Embeds numbers.
  ///
  /// - Returns: `[values.count, channels]`.
  public func callAsFunction(_ values: [Float], on device: Device) -> Tensor {
    let rows = values.flatMap { value in
      let arguments = frequencies.map { Double(value * $0) }
      let sines = arguments.map { Float(sin($0)) }
      let cosines = arguments.map { Float(cos($0)) }
      return cosinesFirst ? cosines + sines : sines + cosines
    }
    return Tensor(rows, [values.count, 2 * frequencies.count], on: device)
  }
}
