public import Checkpoints
import Faults
import Foundation
import NeuralLayers
public import Tensors

/// The segmenters that there are: the one place that lists them all.
public enum SegmenterCatalogue {
  /// By the class that `config.json` names.
  static let segmenters: [String: any LoadableSegmenter.Type] = [
    "EncoderDecoder": EncoderDecoderSegmenter.self,
    "Mask2FormerForUniversalSegmentation": Mask2FormerSegmenter.self,
    "OneFormerForUniversalSegmentation": OneFormerSegmenter.self,
    "SegformerForSemanticSegmentation": SegformerSegmenter.self,
  ]

  /// Opens the segmenter of a folder.
  ///
  /// - Throws: ``SegmentationError`` for a folder of another kind of network; `CheckpointError` as
  ///   ``LoadableSegmenter/init(_:device:precision:)``.
  public static func open(
    _ folder: ModelFolder, device: Device, precision: ProductPrecision = .float32
  ) throws -> any Segmenter {
    let name = try folder.className() ?? "nothing"
    guard let kind = segmenters[name] else {
      throw SegmentationError(
        .badData,
        "\(folder.url.path): config.json names \(name), which is no segmenter that runs here. These do: "
          + segmenters.keys.sorted().joined(separator: ", ") + ".")
    }
    return try kind.init(folder, device: device, precision: precision)
  }

  /// Opens a segmenter that finds objects.
  ///
  /// - Throws: ``SegmentationError`` for one that finds classes alone, and as ``open(_:device:precision:)``.
  public static func openInstances(
    _ folder: ModelFolder, device: Device, precision: ProductPrecision = .float32
  ) throws -> any InstanceSegmenter {
    if let name = try folder.className(), let kind = segmenters[name],
      !(kind is any InstanceSegmenter.Type)
    {
      let others = segmenters.filter { $0.value is any InstanceSegmenter.Type }.keys.sorted()
      throw SegmentationError(
        .badData,
        "\(folder.url.path): a \(name) finds the class of every pixel, but no objects. These do: "
          + others.joined(separator: ", ") + ".")
    }
    let segmenter = try open(folder, device: device, precision: precision)
    guard let segmenter = segmenter as? any InstanceSegmenter else {
      preconditionFailure("SegmenterCatalogue: \(type(of: segmenter)) was taken for another kind")
    }
    return segmenter
  }
}
