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

  /// Makes the annotator; nil when label edges stand in for one.
  ///
  /// - Parameters:
  ///   - model: What `--prior-model` says.
  ///   - device: Where a network runs; opened only if there is one.
  ///   - check: Called while a network is loaded; what it throws ends that.
  func open(
    model: String?, on device: @autoclosure () throws -> Device,
    check: @escaping @Sendable () throws -> Void
  ) throws -> (any ControlAnnotator)? {
    guard case .annotator(let annotator) = self else { return nil }
    switch annotator.making() {
    case .ready(let annotator): return annotator
    case .network(let load):
      guard let model else {
        throw CommandError(
          .request, "a network drew this run's \(rawValue): name its folder with --prior-model")
      }
      return try load(URL(fileURLWithPath: model), device(), check)
    }
  }
}
extension PriorSettings.Label: ExpressibleByArgument {}

/// How the priors, the control images of a repainting, are drawn.
struct PriorOptions: ParsableArguments {
  @Option(
    name: .customLong("prior"),
    help: "Who draws the control image: one for all adapters, or one for each. (default: canny)")
  var kinds: [PriorSettings.Kind] = []

  @Option(
    help: "Folder of the network that draws, for \(Self.priorsWithNetwork).", completion: .directory
  )
  var priorModel: String?

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
    if let kind = kinds.first(where: \.hasNetwork), priorModel == nil {
      throw ValidationError(
        "--prior \(kind.rawValue) needs the network's folder: --prior-model DIR.")
    }
    if !kinds.contains(where: \.hasNetwork) && priorModel != nil {
      throw ValidationError("--prior-model belongs to \(Self.priorsWithNetwork).")
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

  /// How the prior of each adapter is drawn.
  func settings(for adapters: Int) -> [PriorSettings] {
    let settings = settings
    return settings.count == 1
      ? [PriorSettings](repeating: settings[0], count: max(1, adapters)) : settings
  }

  /// Who draws the prior of each adapter; nil where label edges stand in for the outlines.
  ///
  /// - Parameters:
  ///   - adapters: How many there are.
  ///   - device: Where a network runs; opened only if there is one.
  ///   - check: Called while a network is loaded; what it throws ends that.
  func annotators(
    for adapters: Int = 1, on device: @autoclosure () throws -> Device,
    check: @escaping @Sendable () throws -> Void
  ) throws -> [(any ControlAnnotator)?] {
    let opened = try settings.map {
      try $0.kind.open(model: priorModel, on: device(), check: check)
    }
    return opened.count == 1 ? Array(repeating: opened[0], count: max(1, adapters)) : opened
  }

  private static var priorsWithNetwork: String {
    PriorSettings.Kind.allCases.filter(\.hasNetwork).map { "--prior \($0.rawValue)" }
      .joined(separator: ", ")
  }
}
