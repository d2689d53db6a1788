public import Checkpoints
import Foundation
public import ImageFiles
import NeuralLayers
public import Tensors
import VisionModels

/// Finds classes, or objects, with a ``Mask2FormerForUniversalSegmentation``.
public struct Mask2FormerSegmenter: LoadableSegmenter, InstanceSegmenter {
  private let network: Mask2FormerForUniversalSegmentation
  private let processor: MaskFormerImageProcessor
  private let device: Device
  private let place: String

  /// Loads the network and its processor.
  public init(_ folder: ModelFolder, device: Device, precision: ProductPrecision) throws {
    processor = try MaskFormerImageProcessor(folder)
    network = try Mask2FormerForUniversalSegmentation(
      folder: folder, device: device, precision: precision)
    self.device = device
    place = folder.url.path
  }

  /// The names of `id2label`.
  public var classes: [String] { network.configuration.id2label.names }

  /// Looks at an image.
  public func scores(of image: Image) throws -> ClassScores {
    try masks(in: image).scores(side: Self.side)
  }

  /// Looks at an image.
  public func instances(of image: Image, threshold: Float) throws -> [Instance] {
    try masks(in: image).overlappingInstances(
      side: Self.side, size: image.size, threshold: threshold)
  }

  /// To which transformers brings all masks, whatever the image's shape is.
  private static let side = 384

  private func masks(in image: Image) -> PredictedMasks {
    PredictedMasks(network(processor(image, on: device)), from: place)
  }
}
