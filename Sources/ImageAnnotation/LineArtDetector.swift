import Checkpoints
import Faults
public import Foundation
public import ImageFiles
import ImageTensors
import NeuralLayers
public import Tensors
import VisionModels

/// Line art drawn by a network, white on black; fine or coarse as the network's weights are.
///
/// Source: Chan et al., "Learning to generate line drawings that convey geometry and semantics", CVPR
/// 2022; turned white on black and rounded down to 8 bits as in lllyasviel's annotators.
public struct LineArtDetector: StagedAnnotator {
  private let network: AnnotatorNetwork<LineArtGenerator>

  /// Loads the network.
  ///
  /// - Parameters:
  ///   - url: A folder as `tools/convert.py` writes it, or a safetensors file with the published names.
  ///   - device: Where the network runs.
  ///   - check: Called before each tensor is read; what it throws ends the loading.
  /// - Throws: `CheckpointError` for files that are missing or damaged, and for a network that does not
  ///   read RGB and draw grey.
  public init(
    at url: URL, device: Device, check: @escaping @Sendable () throws -> Void = {}
  ) throws {
    network = try AnnotatorNetwork(at: url, device: device, check: check)
    let configuration = network.model.configuration
    let (inputs, outputs) = (configuration.inChannels, configuration.outChannels)
    guard inputs == 3 && outputs == 1 else {
      throw CheckpointError(
        .configuration(
          "this network makes \(outputs) channels of \(inputs), expected one that draws 1 channel of "
            + "3, RGB"), in: url.path)
    }
  }

  /// Draws lines, dark on white. A side that is no multiple of 4 is stretched to the next one for the network.
  ///
  /// - Throws: ``AnnotationError`` when the network gives no numbers; what the device finds wrong.
  public func detect(_ image: Image) throws -> Image {
    let input = image.stretched(toMultiplesOf: 4, atLeast: 8)
    let lines = try network.numbers { $0(input.tensor(on: network.device)) }
    return Image(levels: lines.map { $0 * 255 }, of: input, sizedAs: image)
  }

  /// Turns the drawing white on black.
  public func finish(_ map: Image) -> Image { map.inverted() }
}
