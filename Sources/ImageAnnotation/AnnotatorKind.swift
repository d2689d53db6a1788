public import Foundation
public import Tensors

/// The annotators that can be asked for by name: the one place that lists them all.
public enum AnnotatorKind: String, Codable, Sendable, CaseIterable {
  /// Canny's edges, thresholds 100 and 200.
  case canny
  /// Soft edges, found by a network.
  case hed
  /// Edges, found by a small network.
  case pidinet
  /// The same network's edges cut at one half, as adapters for sketches expect them.
  case sketch
  /// Depth, told by a network.
  case depth
  /// Line art, drawn by a network.
  case lineart
  /// Line art in fewer strokes, drawn by the same network with other weights.
  case lineartCoarse = "lineart-coarse"
  /// Line art as in anime, drawn by a network.
  case lineartAnime = "lineart-anime"
  /// What is darker than its surroundings, without a network.
  case lineartStandard = "lineart-standard"

  /// How an annotator is made.
  public enum Making: Sendable {
    /// As it is.
    case ready(any ControlAnnotator)
    /// From the folder or file of its network, which runs on a device; what the last argument throws, called
    /// before each tensor is read, ends the loading.
    case network(
      @Sendable (URL, Device, @escaping @Sendable () throws -> Void) throws -> any ControlAnnotator)
  }

  /// How the annotator is made.
  ///
  /// - Parameter o: What it is told; what it does not know changes nothing.
  public func making(_ o: AnnotatorOptions = AnnotatorOptions()) -> Making {
    switch self {
    case .canny: .ready(CannyDetector(low: o.low, high: o.high))
    case .hed:
      .network {
        try HEDdetector(at: $0, device: $1, safe: o.safe, scribble: o.scribble, check: $2)
      }
    case .pidinet:
      .network {
        try PidiNetDetector(
          at: $0, device: $1, safe: o.safe, scribble: o.scribble, appliesFilter: o.appliesFilter,
          check: $2)
      }
    case .sketch:
      .network { try PidiNetDetector(at: $0, device: $1, appliesFilter: true, check: $2) }
    case .depth: .network { try MidasDetector(at: $0, device: $1, check: $2) }
    case .lineart, .lineartCoarse:
      .network { try LineArtDetector(at: $0, device: $1, check: $2) }
    case .lineartAnime: .network { try LineartAnimeDetector(at: $0, device: $1, check: $2) }
    case .lineartStandard: .ready(LineartStandardDetector())
    }
  }

  /// What the annotator can be told.
  public var options: Set<AnnotatorOptions.Name> {
    switch self {
    case .canny: [.thresholds, .imageResolution]
    case .hed: [.safe, .scribble, .imageResolution]
    case .pidinet: [.safe, .scribble, .filter, .imageResolution]
    case .sketch, .depth, .lineart, .lineartCoarse, .lineartAnime: [.imageResolution]
    case .lineartStandard: []
    }
  }

  /// Whether a network draws, which has a folder.
  public var hasNetwork: Bool {
    if case .network = making() { true } else { false }
  }
}
