/// Blended Latent Diffusion: how a model without channels for masks keeps what lies outside them.
///
/// The run leaves out its first steps, and begins at noise, for SDXL at the image with noise. After each step the known
/// latents come in again, with fresh noise of the level of the step just taken. Thin masks can begin as wide ones, which
/// shrink on the way: in latents a line may be too thin for anything to grow there.
///
/// Source: Avrahami et al., "Blended Latent Diffusion", SIGGRAPH 2023, arXiv 2206.02779, sections 4.1 and 4.3.
public struct BlendedLatentDiffusion: Sendable, Equatable, Codable {
  /// The share of the steps that are left out, 0 ..< 1.
  public var start: Double
  /// How many wider masks come before the exact one; the widest reaches so many latent pixels further.
  public var widerMasks: Int

  /// Collects the settings, by default those of the authors' scripts.
  public init(start: Double = 0.25, widerMasks: Int = 0) {
    self.start = start
    self.widerMasks = widerMasks
  }

  /// How many of a run's first steps are left out.
  func skipped(of steps: Int) -> Int { Int(Double(steps) * start) }

  /// Which of the masks holds in a step, from the widest to the exact one: each for as many steps, the last
  /// one until the end.
  func mask(in step: Int, of steps: Int) -> Int { step / (steps / (widerMasks + 1) + 1) }
}
