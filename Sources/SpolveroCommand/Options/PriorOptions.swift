public import ArgumentParser
public import Augmentation
import Faults
import Foundation
import ImageAnnotation
import Tensors

extension PriorSettings.Kind: ExpressibleByArgument {
  /// Whether a network draws, which has a folder.
  var hasNetwork: Bool {
    if case .annotator(let annotator) = self { annotator.hasNetwork } else { false }
  }
}

extension PriorSettings.Label: ExpressibleByArgument {}

/// How the priors, the control images of a repainting, are drawn.
struct PriorOptions: ParsableArguments {
  @Option(
    name: .customLong("prior"),
    help: """
      What the control image is: what an annotator draws, blended with its drawing of the labels, or the labels' edges, \
      colours or ids alone. One for all control networks, or one for each. (default: canny)
      """)
  var kinds: [PriorSettings.Kind] = []

  @Option(
    name: .customLong("prior-model"),
    help: """
      Folder or safetensors file of the network that draws, for \(Self.priorsWithNetwork): one for each of them that is \
      named, in their order.
      """, completion: .file())
  var models: [String] = []

  @Option(
    help: "How the labels' outlines are found: the same annotator on the coloured labels, or edges."
  )
  var labelPrior = PriorSettings.Label.detector

  @Flag(help: "Take ignored ids, such as 255, for background when the labels' outlines are drawn.")
  var borderAsBackground = false

  @Option(help: "Weight of the photograph's outlines.")
  var imageWeight: Float = 0.7

  @Option(help: "Weight of the labels' outlines.")
  var labelWeight: Float = 0.9

  @Option(
    help: """
      What the shorter side becomes for painting, in pixels, about. What is painted is enlarged to the \
      photograph's size afterwards, which adds no detail.
      """)
  var resolution = 512

  func validate() throws {
    let networks = kinds.filter(\.hasNetwork).reduce(into: [PriorSettings.Kind]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    if models.count < networks.count {
      throw ValidationError(
        "--prior \(networks[models.count].rawValue) needs the network's folder: --prior-model DIR.")
    }
    if models.count > networks.count {
      throw ValidationError(
        "--prior-model belongs to \(Self.priorsWithNetwork): \(models.count) are given for "
          + "\(networks.count) of them.")
    }
  }

  /// How the priors are drawn, at least one.
  var settings: [PriorSettings] {
    let kinds = kinds.isEmpty ? [PriorSettings().kind] : kinds
    return kinds.map { kind in
      var settings = PriorSettings()
      settings.kind = kind
      settings.label = labelPrior
      settings.borderAsBackground = borderAsBackground
      settings.imageWeight = imageWeight
      settings.labelWeight = labelWeight
      return settings
    }
  }

  /// How the prior of each control network is drawn.
  func settings(for controls: Int) -> [PriorSettings] {
    let settings = settings
    return settings.count == 1
      ? [PriorSettings](repeating: settings[0], count: controls) : settings
  }

  /// Who draws the prior of each control network; nil where labels alone are the prior.
  ///
  /// - Parameters:
  ///   - controls: How many there are.
  ///   - device: Where a network runs; opened only if there is one.
  ///   - check: Called while a network is loaded; what it throws ends that.
  func annotators(
    for controls: Int = 1, on device: @autoclosure () throws -> Device,
    check: @escaping @Sendable () throws -> Void
  ) throws -> [(any ControlAnnotator)?] {
    var networks = PriorNetworks(models)
    let opened = try settings.map {
      try networks.annotator($0.kind, on: device(), check: check)
    }
    return opened.count == 1 ? Array(repeating: opened[0], count: controls) : opened
  }

  /// Makes sure that each control gets what it reads: an image, or label ids where it has a channel for each class.
  ///
  /// - Parameter channels: Channels of each control's image.
  /// - Throws: `CommandError` for one that does not fit.
  func requireFit(channels: [Int]) throws {
    for (setting, channels) in zip(settings(for: channels.count), channels)
    where (setting.kind == .labelIDs) == [1, 3].contains(channels) {
      throw CommandError(
        .request,
        setting.kind != .labelIDs
          ? "a control reads label ids in \(channels) channels, not what --prior \(setting.kind.rawValue) "
            + "draws: give it --prior label-ids"
          : "--prior label-ids is for a control with a channel for each class, and this one reads an "
            + "image of \(channels): give it --prior label-colours")
    }
  }

  private static var priorsWithNetwork: String {
    "--prior "
      + PriorSettings.Kind.allCases.filter(\.hasNetwork).map(\.rawValue).joined(separator: ", ")
  }
}
