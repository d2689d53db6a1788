import Checkpoints
public import Foundation
public import ImageFiles
import ImageTensors
public import Tensors
import VisionModels

/// Depth told by a network, near white and far black.
///
/// Source: Ranftl et al., "Vision Transformers for Dense Prediction", ICCV 2021; stretched to all levels and rounded down
/// to 8 bits as in controlnet_aux.
public struct MidasDetector: ControlAnnotator {
  private let network: AnnotatorNetwork<DPTDepthModel>

  /// Loads the network.
  ///
  /// - Parameters:
  ///   - url: A folder as `tools/convert.py` writes it, or a safetensors file with the published names of the hybrid or
  ///     the large network.
  ///   - device: Where the network runs.
  ///   - check: Called before each tensor is read; what it throws ends the loading.
  /// - Throws: `CheckpointError` for files that are missing, damaged or another network's.
  public init(
    at url: URL, device: Device, check: @escaping @Sendable () throws -> Void = {}
  ) throws {
    network = try AnnotatorNetwork(
      at: url, device: device,
      published: { checkpoint in
        let stem = "pretrained.model.patch_embed.backbone.stem.conv.weight"
        return checkpoint.shape(of: stem) == nil ? .large : DPTConfiguration()
      }, check: check)
  }

  /// Tells depth. A side that is no multiple of twice the network's patch is stretched to the next one.
  ///
  /// - Throws: ``AnnotationError`` when the network gives no numbers; what the device finds wrong.
  public func callAsFunction(_ image: Image) throws -> Image {
    let step = 2 * network.model.configuration.patchSize
    let input = image.stretched(toMultiplesOf: step, atLeast: step)
    let depths = try network.numbers {
      $0(input.tensor(on: network.device, in: .symmetric))
    }
    let (far, near) = (depths.min() ?? 0, depths.max() ?? 0)
    let levels = depths.map { near > far ? ($0 - far) / (near - far) * 255 : 0 }
    return Image(levels: levels, of: input, sizedAs: image)
  }
}
