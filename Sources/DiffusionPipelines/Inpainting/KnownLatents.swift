import NoiseSchedulers
import Tensors

/// The mixture that every way of keeping a part of an image comes down to:
///
///     repainted · x + kept · (signal · known + noise · ε),  kept = 1 − repainted
enum KnownLatents {
  /// The places that a mask leaves, of its shape.
  static func kept(beside repainted: Tensor) -> Tensor {
    let ones = Tensor(repeating: 1, repainted.shape, on: repainted.device)
    return Tensor.combine([(1, ones), (-1, repainted)])
  }

  /// A level of noise as ``restored(_:in:level:noise:repainted:kept:)`` takes it, `[2]`.
  static func numbers(_ level: Noising, on device: Device) -> Tensor {
    Tensor([level.signal, level.noise], [2], on: device)
  }

  /// Latents with the known ones in their place.
  ///
  /// - Parameters:
  ///   - known: Without noise, `[N, h, w, C]`, as `latents` and `noise` are.
  ///   - level: How much noise they get.
  ///   - repainted: 1 where the latents stay, `[N, h, w, 1]`.
  ///   - kept: 1 where the known ones come in, of the same shape.
  static func restored(
    _ known: Tensor, in latents: Tensor, level: Tensor, noise: Tensor, repainted: Tensor,
    kept: Tensor
  ) -> Tensor {
    latents * repainted + Tensor.combine([known, noise], coefficients: level) * kept
  }
}
