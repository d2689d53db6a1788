public import ArgumentParser
import DiffusionPipelines
public import NoiseSchedulers

extension SchedulerKind: ExpressibleByArgument {}

/// How images are painted.
struct SamplingOptions: ParsableArguments {
  @Option(help: "Number of denoising steps. (default: 30, for ScribbleGen 50)")
  var steps: Int?

  @Option(
    name: [.customLong("cfg-scale"), .customLong("guidance-scale")],
    help: """
      How strongly the prompt guides the image; 1 leaves guidance out. (default: 7.5, for ScribbleGen 2)
      """)
  var guidanceScale: Float?

  @Option(
    help: ArgumentHelp(
      """
      Shares of the steps that are guided; in the others the negative prompt is left out, which takes half the time. Another \
      image, often no worse one: 0.2...0.8 is a beginning. (default: 0...1)
      """, valueName: "start...end"))
  var guidanceInterval: StepRange?

  @Option(
    name: .customLong("reuse-deep-features"),
    help: ArgumentHelp(
      """
      Compute the UNet's deep features in every n-th step alone, as DeepCache does, and reuse them in the others, which take \
      a small part of the time. Another image: 2 is a beginning. (default: 1)
      """, valueName: "n"))
  var deepFeatureInterval: Int?

  @Option(help: "Sampling method. (default: the model's own, for ScribbleGen ddim)")
  var scheduler: SchedulerKind?

  @Option(help: "DDIM: share of fresh noise, 0 ... 1.")
  var eta: Float = 0

  @Flag(help: "Take large images through the autoencoder in overlapping tiles: less memory.")
  var vaeTiling = false

  func validate() throws {
    if let steps, steps < 1 {
      throw ValidationError("--steps \(steps): at least one step is needed.")
    }
    if !(0...1).contains(eta) { throw ValidationError("--eta \(eta): must be within 0 ... 1.") }
    if let guidanceScale, !guidanceScale.isFinite {
      throw ValidationError("--cfg-scale must be a finite number.")
    }
    if let deepFeatureInterval, deepFeatureInterval < 1 {
      throw ValidationError(
        "--reuse-deep-features \(deepFeatureInterval): give 1 to compute them in all steps, 2 for every other one and so on."
      )
    }
    try validateInterval()
  }

  private func validateInterval() throws {
    guard let interval = guidanceInterval else { return }
    if !interval.isWithinRun {
      throw ValidationError(
        "--guidance-interval \(interval.start)...\(interval.end): the shares must be within 0 ... 1, the end not before the "
          + "start.")
    }
    if let guidanceScale, guidanceScale <= 1 {
      throw ValidationError(
        "--guidance-interval says which steps are guided, and --cfg-scale \(guidanceScale) guides none; give a scale above 1."
      )
    }
  }

  /// What is noted in an image of settings that most runs do not have.
  var texts: [(key: String, value: String)] {
    [
      guidanceInterval.map { ("guidance-interval", "\($0.start)...\($0.end)") },
      deepFeatureInterval.map { ("reuse-deep-features", "\($0)") },
    ].compactMap(\.self)
  }

  /// The settings, with those of the networks that steer.
  ///
  /// - Parameters:
  ///   - steps: Number of steps where none is given.
  ///   - guidanceScale: Guidance where none is given.
  func settings(
    _ controls: [ControlSettings], steps: Int = 30, guidanceScale: Float = 7.5
  ) -> SamplingSettings {
    SamplingSettings(
      steps: self.steps ?? steps, guidanceScale: self.guidanceScale ?? guidanceScale,
      guidanceInterval: guidanceInterval, deepFeatureInterval: deepFeatureInterval,
      controls: controls, eta: eta, tilesAutoencoder: vaeTiling)
  }
}
