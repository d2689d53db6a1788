public import Checkpoints
import Foundation
public import ImageFiles
import LanguageModels
import NeuralLayers
public import Tensors
import VisionModels

/// Finds classes, or objects, with a ``OneFormerForUniversalSegmentation``, which is told what to find.
public struct OneFormerSegmenter: LoadableSegmenter, InstanceSegmenter {
  private let network: OneFormerForUniversalSegmentation
  private let processor: OneFormerImageProcessor
  private let semantic, instance: Tensor
  private let device: Device
  private let place: String

  /// Loads the network, its processor and CLIP's tokenizer, which is beside them.
  ///
  /// - Throws: `TokenizerError` where there is none; else as the protocol says.
  public init(_ folder: ModelFolder, device: Device, precision: ProductPrecision) throws {
    processor = try OneFormerImageProcessor(folder)
    let tokenizer = try CLIPTokenizer(folder: folder.url)
    let network = try OneFormerForUniversalSegmentation(
      folder: folder, device: device, precision: precision)
    func tokens(_ task: String) -> Tensor {
      tokenizer.numbers(of: "the task is \(task)", count: network.configuration.taskSeqLen, device)
    }
    (semantic, instance) = (tokens("semantic"), tokens("instance"))
    (self.network, self.device) = (network, device)
    place = folder.url.path
  }

  /// The names of `id2label`.
  public var classes: [String] { network.configuration.id2label.names }

  /// Looks at an image.
  public func scores(of image: Image) throws -> ClassScores {
    try masks(in: image, semantic).scores(side: nil)
  }

  /// Looks at an image. Masks do not overlap.
  public func instances(of image: Image, threshold: Float) throws -> [Instance] {
    try masks(in: image, instance).exclusiveInstances(size: image.size, threshold: threshold)
  }

  private func masks(in image: Image, _ task: Tensor) -> PredictedMasks {
    PredictedMasks(network(processor(image, on: device), task: task), from: place)
  }
}

extension CLIPTokenizer {
  /// A text's tokens as numbers that a matrix reads: zeros stand behind its end.
  fileprivate func numbers(of text: String, count: Int, _ device: Device) -> Tensor {
    let ids = self(text).ids
    let length = (ids.dropFirst().firstIndex(of: endOfText) ?? ids.count - 1) + 1
    let own = ids.prefix(min(length, count)).map(Float.init)
    return Tensor(own + [Float](repeating: 0, count: count - own.count), [count], on: device)
  }
}
