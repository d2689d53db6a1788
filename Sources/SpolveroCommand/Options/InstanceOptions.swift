public import ArgumentParser
public import Augmentation
import DiffusionPipelines

extension InstanceGenerator: ExpressibleByArgument {}
extension InstanceSettings.Small: ExpressibleByArgument {}

/// Which instances are painted anew, and how.
struct InstanceOptions: ParsableArguments {
  @Option(
    help: """
      How the model paints an instance: gligen (its box), inpainting (its mask) or blended (Blended Latent Diffusion, for \
      models without either). (default: what the model was made for)
      """)
  var generator: InstanceGenerator?

  @Option(
    help: """
      How many times as wide as an instance's box the square is that is painted around it. (default: 2)
      """)
  var instanceMargin: Double?

  @Option(
    help: """
      Side of a square of as many pixels as an instance has at least; smaller ones are small. (default: 16)
      """)
  var leastInstance: Int?

  @Option(
    help: """
      What becomes of small instances: skip them, or enlarge them, in a square as wide as that around one of the least \
      size. (default: skip)
      """)
  var smallInstances: InstanceSettings.Small?

  @Option(
    help: """
      Paint so many instances of a photograph in one image at most, those of the rarest classes. (default: all)
      """)
  var instancesPerImage: Int?

  @Option(
    help: """
      What the model is asked for, with {class} where the class belongs. (default: "a photo of a {class}")
      """)
  var instancePrompt: String?

  @Option(
    name: .customLong("box-steps"),
    help: """
      --generator gligen: shares of the steps in which the boxes count, the first ones. (default: 0...0.3)
      """)
  var boxSteps: StepRange?

  /// The options that were given.
  private var given: [String] {
    [
      ("--generator", generator != nil), ("--instance-margin", instanceMargin != nil),
      ("--least-instance", leastInstance != nil), ("--small-instances", smallInstances != nil),
      ("--instances-per-image", instancesPerImage != nil),
      ("--instance-prompt", instancePrompt != nil), ("--box-steps", boxSteps != nil),
    ].filter(\.1).map(\.0)
  }

  /// Refuses the options where no instances are painted.
  func requireNone() throws {
    if let option = given.first {
      throw ValidationError("\(option) belongs to --recipe instances.")
    }
  }

  func validate() throws {
    if let boxSteps, !(0 <= boxSteps.start && boxSteps.start <= boxSteps.end && boxSteps.end <= 1) {
      throw ValidationError(
        "--box-steps: the shares must be within 0 ... 1, the end not before the start.")
    }
  }

  /// The settings of a run.
  ///
  /// - Parameter repaint: How masks are grown and joined to the rest.
  func settings(_ repaint: RepaintOptions) -> InstanceSettings {
    var settings = InstanceSettings()
    settings.generator = repaint.starting.isBlended ? .blended : generator
    settings.margin = instanceMargin ?? settings.margin
    settings.leastSize = leastInstance ?? settings.leastSize
    settings.small = smallInstances ?? settings.small
    settings.perImage = instancesPerImage
    settings.template = instancePrompt ?? settings.template
    settings.growth = repaint.maskGrow ?? settings.growth
    settings.seam = repaint.seam.width
    return settings
  }
}
