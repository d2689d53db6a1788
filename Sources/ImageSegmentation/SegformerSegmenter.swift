public import Checkpoints
import Foundation
public import ImageFiles
import NeuralLayers
public import Tensors
import VisionModels

/// Finds classes with a ``SegformerForSemanticSegmentation``.
public struct SegformerSegmenter: LoadableSegmenter {
  private let network: SegformerForSemanticSegmentation
  private let processor: SegformerImageProcessor
  private let device: Device
  private let place: String

  /// Loads the network and its processor.
  public init(_ folder: ModelFolder, device: Device, precision: ProductPrecision) throws {
    processor = try SegformerImageProcessor(folder)
    network = try SegformerForSemanticSegmentation(
      folder: folder, device: device, precision: precision)
    self.device = device
    place = folder.url.path
  }

  /// The names of `id2label`.
  public var classes: [String] { network.configuration.id2label.names }

  /// Looks at an image.
  public func scores(of image: Image) throws -> ClassScores {
    try ClassScores(network(processor(image, on: device)).logits, from: place)
  }
}
