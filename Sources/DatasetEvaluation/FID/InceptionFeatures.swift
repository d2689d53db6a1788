public import Checkpoints
import Faults
import Foundation
public import ImageFiles
import ImageTensors
import NeuralLayers
public import Tensors
import VisionModels

/// The features of images that a Fréchet distance compares, as pytorch-fid has them.
public struct InceptionFeatures: Sendable {
  /// Fewer images than features have a covariance that is not of full rank: then the distance depends on their number.
  public static let recommendedCount = FIDInceptionV3.featureCount

  private let network: FIDInceptionV3
  private let device: Device

  /// Loads the network, which is for single precision.
  ///
  /// - Parameters:
  ///   - folder: What `tools/convert.py` has made of `pt_inception-2015-12-05-6726825d.pth`.
  ///   - device: What computes.
  /// - Throws: ``EvaluationError`` for another network's folder; `CheckpointError` for files that are not what they
  ///   should be.
  public init(_ folder: ModelFolder, device: Device) throws {
    let name = try folder.className() ?? "nothing"
    guard name == "FIDInceptionV3" else {
      throw EvaluationError(
        .badData,
        "\(folder.url.path): config.json names \(name); expected FIDInceptionV3, which tools/convert.py makes of "
          + "pytorch-fid's weights.")
    }
    network = try FIDInceptionV3(folder: folder, device: device)
    self.device = device
  }

  /// The features of an image of any size.
  public func callAsFunction(_ image: Image) -> [Float] {
    network(image.rgb().tensor(on: device)).floats()
  }
}
