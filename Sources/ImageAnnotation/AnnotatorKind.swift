public import Foundation
public import Tensors

/// The annotators that can be asked for by name: the one place that lists them all.
public enum AnnotatorKind: String, Codable, Sendable, CaseIterable {
  /// Canny's edges, thresholds 100 and 200.
  case canny
  /// Line art, drawn by a network.
  case lineart

  /// How an annotator is made.
  public enum Making: Sendable {
    /// As it is.
    case ready(any ControlAnnotator)
    /// From the folder of its network, which runs on a device; what the last argument throws, called before
    /// each tensor is read, ends the loading.
    case network(
      @Sendable (URL, Device, @escaping @Sendable () throws -> Void) throws -> any ControlAnnotator)
  }

  /// How the annotator is made.
  public var making: Making {
    switch self {
    case .canny: .ready(CannyDetector())
    case .lineart: .network { try LineArtDetector(folder: $0, device: $1, check: $2) }
    }
  }

  /// Whether a network draws, which has a folder.
  public var hasNetwork: Bool {
    if case .network = making { true } else { false }
  }
}
