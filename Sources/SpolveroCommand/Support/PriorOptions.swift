public import ArgumentParser
public import Augmentation
import Foundation
import ImageAnnotation
import TensorCore

extension PriorSettings.Kind: ExpressibleByArgument {
  /// Whether a network draws, which has a folder.
  var hasNetwork: Bool {
    if case .annotator(let annotator) = self { annotator.hasNetwork } else { false }
  }

  /// Makes the annotator; nothing when label edges stand in for one.
  ///
  /// - Parameters:
  ///   - model: What `--prior-model` says.
  ///   - device: Where a network runs; opened only if there is one.
  func open(
    model: String?, on device: @autoclosure () throws -> Device
  ) throws -> (any ControlAnnotator)? {
    guard case .annotator(let annotator) = self else { return nil }
    switch annotator.making {
    case .ready(let annotator): return annotator
    case .network(let load):
      guard let model else {
        throw CommandError(
          .usage, "a network drew this run's \(rawValue): name its folder with --prior-model")
      }
      return try load(URL(fileURLWithPath: model), device())
    }
  }
}
extension PriorSettings.Label: ExpressibleByArgument {}

/// How the outlines that guide a repainting are drawn.
struct PriorOptions: ParsableArguments {
  @Option(help: "Who draws the outlines.")
  var prior = PriorSettings.Kind.annotator(.canny)

  @Option(
    help: "Folder of the network that draws, for \(Self.priorsWithNetwork).", completion: .directory
  )
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
    if prior.hasNetwork && priorModel == nil {
      throw ValidationError(
        "--prior \(prior.rawValue) needs the network's folder: --prior-model DIR.")
    }
    if !prior.hasNetwork && priorModel != nil {
      throw ValidationError("--prior-model belongs to \(Self.priorsWithNetwork).")
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
  func detector(on device: @autoclosure () throws -> Device) throws -> (any ControlAnnotator)? {
    try prior.open(model: priorModel, on: device())
  }

  private static var priorsWithNetwork: String {
    PriorSettings.Kind.allCases.filter(\.hasNetwork).map { "--prior \($0.rawValue)" }
      .joined(separator: ", ")
  }
}
