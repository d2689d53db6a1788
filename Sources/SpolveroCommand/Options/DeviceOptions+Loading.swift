import Checkpoints
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
    try network(
      ModelFolder(existing(folder, "folder"), check: StopSignals.check),
      precision(on: device, unlessGiven: .fixed(.float32)))
  }
}
