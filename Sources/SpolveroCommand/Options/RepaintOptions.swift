import ArgumentParser
import Augmentation
import DiffusionPipelines

/// What of a photograph goes into the images that are made from it.
struct RepaintOptions: ParsableArguments {
  /// What a run begins at.
  enum Beginning: String, ExpressibleByArgument, CaseIterable { case noise, image }

  /// What is repainted.
  enum Part: String, ExpressibleByArgument, CaseIterable { case all, objects, background }

  @Option(
    name: .customLong("start"),
    help: "What images begin at: noise, or the photograph; see --strength and --encode-ratio.")
  var beginning: Beginning?

  @Option(
    name: .customLong("repaint"),
    help: """
      What of a photograph is repainted: all of it, its labelled objects or its background. The rim of objects \
      goes with what is repainted.
      """)
  var part = Part.all

  @Option(
    help: """
      --repaint: grow the part by so many pixels of the photograph; an instance, for painting. (default: 0, with --recipe \
      instances 4)
      """)
  var maskGrow: Int?

  @Flag(
    inversion: .prefixedNo,
    help:
      "--repaint: keep the photograph's own pixels of the rest, to the bit where images are PNG.")
  var keepOutside = true

  @OptionGroup
  var seam: SeamOption

  @OptionGroup
  var starting: StartOptions

  func validate() throws {
    if beginning == .noise && starting.isGiven {
      throw ValidationError("--strength and --encode-ratio belong to --start image.")
    }
    if starting.isBlended && beginning == .image {
      throw ValidationError("--blended says itself where a run begins; leave out --start.")
    }
  }

  /// Whether anything is given that ScribbleGen does in its own way.
  var contradictsScribbleGen: Bool {
    beginning == .noise || part != .all || starting.strength != nil || starting.isBlended
  }

  /// Refuses what belongs to a part where whole photographs are repainted.
  func requirePart() throws {
    if part == .all && (maskGrow ?? 0 != 0 || starting.isBlended) {
      throw ValidationError(
        "--mask-grow and --blended belong to --repaint objects or background, and to --recipe instances."
      )
    }
  }

  /// Whether images depend on the photographs beside their control images.
  var usesPhotographs: Bool { beginning == .image || starting.isGiven || part != .all }

  /// Changes how a run repaints.
  func apply(to settings: inout AugmentationSettings) {
    settings.part = RepaintedPart.Region(rawValue: part.rawValue).map {
      RepaintedPart($0, growth: maskGrow ?? 0, seam: keepOutside ? seam.width : nil)
    }
    settings.sampling.blended = starting.blended
    settings.sampling.start =
      starting.start ?? (beginning == .image ? .image(strength: 0.8) : .noise)
  }
}
