public import Foundation
public import ImageFiles
import ImageTensors
public import Tensors
import VisionModels

/// Lines as in anime, drawn by a network, white on black.
///
/// Rounded down to 8 bits as in controlnet_aux.
public struct LineartAnimeDetector: StagedAnnotator {
  private let network: AnnotatorNetwork<UnetGenerator>

  /// Loads the network.
  ///
  /// - Parameters:
  ///   - url: A folder as `tools/convert.py` writes it, or a safetensors file with the published names.
  ///   - device: Where the network runs.
  ///   - check: Called before each tensor is read; what it throws ends the loading.
  /// - Throws: `CheckpointError` for files that are missing, damaged or another network's.
  public init(
    at url: URL, device: Device, check: @escaping @Sendable () throws -> Void = {}
  ) throws {
    network = try AnnotatorNetwork(at: url, device: device, check: check)
  }

  /// Draws lines, dark on white. Sides are stretched to the next multiples that the network halves down to a pixel.
  ///
  /// - Throws: ``AnnotationError`` when the network gives no numbers; what the device finds wrong.
  public func detect(_ image: Image) throws -> Image {
    let multiple = 1 << network.model.configuration.numDowns
    func side(_ length: Int) -> Int { (length + multiple - 1) / multiple * multiple }
    let input = image.rgb().resized(
      width: side(image.width), height: side(image.height), .cubic)
    let lines = try network.numbers {
      $0(input.tensor(on: network.device, in: .symmetric))
        .resize(to: MapSize(height: image.height, width: image.width), .bicubic)
    }
    return Image(levels: lines.map { $0 * 255 }, of: image, sizedAs: image)
  }

  /// Turns the drawing white on black.
  public func finish(_ map: Image) -> Image { map.inverted() }
}
