public import ArgumentParser
import DiffusionPipelines
public import NoiseSchedulers

extension SchedulerKind: ExpressibleByArgument {}

/// How images are painted.
struct SamplingOptions: ParsableArguments {
  @Option(help: "Number of denoising steps.")
  var steps = 30

  @Option(
    name: [.customLong("cfg-scale"), .customLong("guidance-scale")],
    help: "How strongly the prompt guides the image; 1 leaves guidance out.")
  var guidanceScale: Float = 7.5

  @Option(help: "Sampling method. (default: the model's own)")
  var scheduler: SchedulerKind?

  @Option(help: "DDIM: share of fresh noise, 0 ... 1.")
  var eta: Float = 0

  @Flag(help: "Take large images through the autoencoder in overlapping tiles: less memory.")
  var vaeTiling = false

  func validate() throws {
    if steps < 1 { throw ValidationError("--steps \(steps): at least one step is needed.") }
    if !(0...1).contains(eta) { throw ValidationError("--eta \(eta): must be within 0 ... 1.") }
    if !guidanceScale.isFinite {
      throw ValidationError("--cfg-scale must be a finite number.")
    }
  }

  /// The settings, with those of the networks that steer.
  func settings(_ controls: [ControlSettings]) -> SamplingSettings {
    SamplingSettings(
      steps: steps, guidanceScale: guidanceScale, controls: controls, eta: eta,
      tilesAutoencoder: vaeTiling)
  }
}
