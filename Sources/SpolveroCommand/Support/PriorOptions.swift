public import ArgumentParser
public import Augmentation
import Foundation
import TensorCore

extension PriorSettings.Kind: ExpressibleByArgument {}
extension PriorSettings.Label: ExpressibleByArgument {}

/// How the outlines that guide a repainting are drawn.
struct PriorOptions: ParsableArguments {
  @Option(help: "Who draws the outlines.")
  var prior = PriorSettings.Kind.canny

  @Option(help: "Folder of the line-art network, for --prior lineart.", completion: .directory)
  var priorModel: String?

  @Option(
    help: "How the labels' outlines are found: the same detector on the coloured labels, or edges.")
  var labelPrior = PriorSettings.Label.detector

  @Flag(help: "Take the border id 255 for background when the labels' outlines are drawn.")
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
    if prior == .lineart && priorModel == nil {
      throw ValidationError("--prior lineart needs the network's folder: --prior-model DIR.")
    }
    if prior != .lineart && priorModel != nil {
      throw ValidationError("--prior-model belongs to --prior lineart.")
    }
  }

  var settings: PriorSettings {
    var settings = PriorSettings()
    settings.kind = prior
    settings.label = labelPrior
    settings.borderAsBackground = borderAsBackground
    settings.imageWeight = imageWeight
    settings.labelWeight = labelWeight
    return settings
  }

  /// Who draws the outlines; nothing when label edges stand in for them.
  ///
  /// - Parameters:
  ///   - device: Where a network runs.
  ///   - check: Called while a network is loaded; what it throws ends that.
  func detector(
    on device: @autoclosure () throws -> Device, check: @escaping @Sendable () throws -> Void
  ) throws -> (any PriorDetector)? {
    switch prior {
    case .canny: return CannyDetector()
    case .lineart:
      let folder = URL(fileURLWithPath: priorModel ?? "")
      return try LineArtPrior(folder: folder, device: device(), check: check)
    case .labelEdges: return nil
    }
  }
}
