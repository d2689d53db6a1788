import Checkpoints
import Faults
import NeuralLayers
import Tensors

extension DeviceOptions {
  /// Loads what looks at images, in single precision unless another was asked for.
  ///
  /// - Parameters:
  ///   - folder: The network's folder; it must be there.
  ///   - network: Makes the network of its folder and how products round.
  func load<Network>(
    _ folder: String, on device: Device,
    as network: (ModelFolder, ProductPrecision) throws -> Network
  ) throws -> Network {
    let precision = precision(on: device, unlessGiven: .fixed(.float32))
    if precision.isInteger {
      throw CommandError(
        .request,
        "--precision \(precision.rawValue) is for networks that paint; use fp32 or bf16 for one that looks"
      )
    }
    return try network(
      ModelFolder(existing(folder, "folder"), check: StopSignals.check), precision)
  }
}
