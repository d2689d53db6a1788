public import ArgumentParser
import DiffusionPipelines
public import NoiseSchedulers

extension SchedulerKind: ExpressibleByArgument {}

/// How pictures are painted.
struct SamplingOptions: ParsableArguments {
  @Option(help: "Number of denoising steps.")
  var steps = 30

  @Option(
    name: [.customLong("cfg-scale"), .customLong("guidance-scale")],
    help: "How strongly the prompt guides the picture; 1 leaves guidance out.")
  var guidanceScale: Float = 7.5

  @Option(help: "Sampling method. (default: the model's own)")
  var scheduler: SchedulerKind?

  @Option(help: "DDIM: share of fresh noise, 0 ... 1.")
  var eta: Float = 0

  @Option(help: "Factor of the T2I-Adapter's features.")
  var adapterScale: Float = 1

  @Option(help: "Share of the steps in which the T2I-Adapter takes part, from the first.")
  var adapterFactor: Float = 1

  @Flag(help: "Take large pictures through the autoencoder in overlapping tiles: less memory.")
  var vaeTiling = false

  func validate() throws {
    if steps < 1 { throw ValidationError("--steps \(steps): at least one step is needed.") }
    if !(0...1).contains(eta) { throw ValidationError("--eta \(eta): must be within 0 ... 1.") }
    if !(0...1).contains(adapterFactor) {
      throw ValidationError("--adapter-factor \(adapterFactor): must be within 0 ... 1.")
    }
    if !guidanceScale.isFinite || !adapterScale.isFinite {
      throw ValidationError("--cfg-scale and --adapter-scale must be finite numbers.")
    }
  }

  var settings: SamplingSettings {
    SamplingSettings(
      steps: steps, guidanceScale: guidanceScale, adapterScale: adapterScale,
      adapterFactor: adapterFactor, eta: eta, tilesAutoencoder: vaeTiling)
  }
}
