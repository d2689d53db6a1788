import Checkpoints
import Faults
public import Foundation
public import ImageFiles
import ImageTensors
import NeuralLayers
public import Tensors
import VisionModels

/// Line art drawn by a network, white on black.
///
/// Source: Chan et al., "Learning to generate line drawings that convey geometry and semantics", CVPR
/// 2022; turned white on black and rounded down to 8 bits as in lllyasviel's annotators.
public struct LineArtDetector: ControlAnnotator {
  private let network: LineArtGenerator
  private let folder: URL
  private let device: Device

  /// Loads the network.
  ///
  /// - Parameters:
  ///   - folder: `config.json` and weights, as `tools/convert.py` writes them.
  ///   - device: Where the network runs.
  ///   - check: Called before each tensor is read; what it throws ends the loading.
  /// - Throws: `CheckpointError` for files that are missing or damaged, and for a network that does not
  ///   read RGB and draw grey.
  public init(
    folder: URL, device: Device, check: @escaping @Sendable () throws -> Void = {}
  ) throws {
    network = try LineArtGenerator(folder: ModelFolder(folder, check: check), device: device)
    self.folder = folder
    self.device = device
    let (inputs, outputs) = (network.configuration.inChannels, network.configuration.outChannels)
    guard inputs == 3 && outputs == 1 else {
      throw CheckpointError(
        .configuration(
          "this network makes \(outputs) channels of \(inputs), expected one that draws 1 channel of "
            + "3, RGB"), in: folder.path)
    }
  }

  /// Draws lines.
  ///
  /// A side that is no multiple of 4 is stretched to the next one for the network.
  ///
  /// - Parameter image: Grey or RGB.
  /// - Returns: One channel of the same size.
  /// - Throws: ``AnnotationError`` when the network gives no numbers; what the device finds wrong.
  public func callAsFunction(_ image: Image) throws -> Image {
    func side(_ length: Int) -> Int { max(8, (length + 3) / 4 * 4) }
    let (width, height) = (side(image.width), side(image.height))
    let input = image.rgb().resized(width: width, height: height, .bilinear)
    let lines = network(input.tensor(on: device)).floats()
    try device.check()
    guard lines.allSatisfy(\.isFinite) else {
      throw AnnotationError(
        .badData,
        "\(folder.path): the line-art network gave numbers that are not finite. Check its weights.")
    }
    let pixels = lines.map { 255 - UInt8(min(max($0 * 255, 0), 255)) }
    return Image(width: width, height: height, channels: 1, pixels: pixels)
      .resized(width: image.width, height: image.height, .bilinear)
  }
}
