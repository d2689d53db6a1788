import Checkpoints
import DiffusionModels
import DiffusionPipelines
import Foundation
import NeuralLayers
import Tensors

/// What a benchmark is prepared on.
struct Workbench: Sendable {
  /// Where everything runs.
  let device: Device
  /// How products round their operands.
  let precision: ProductPrecision
  private let folders: ModelFolders

  init(_ device: Device, _ precision: ProductPrecision, _ folders: ModelFolders = ModelFolders()) {
    self.device = device
    self.precision = precision
    self.folders = folders
  }

  /// Small numbers of both signs: none is a zero or a subnormal, which could take another time.
  func samples(_ shape: Shape) -> Tensor {
    Tensor((0..<shape.count).map { Float($0 % 17) * 0.01 - 0.0751 }, shape, on: device)
  }

  /// A packed matrix `[outputs, inputs]` or window `[outputs, inputs, height, width]`.
  func weight(_ shape: Shape) -> PackedWeight {
    Parameters(SyntheticParameters(), device: device, precision: precision).quantised
      .pack(samples(shape))
  }

  /// A network with random weights.
  func network<Model: PretrainedModel>(
    _ type: Model.Type, _ configuration: Model.Configuration
  ) throws -> Model {
    try Model(
      Parameters(SyntheticParameters(), device: device, precision: precision), configuration)
  }

  /// Loads a whole model with random weights from files.
  func pipeline(_ architecture: SyntheticArchitecture) throws -> StableDiffusionPipeline {
    try StableDiffusionPipeline(
      folder: try folders.url(of: architecture), device: device, precision: precision)
  }
}

/// Models with random weights in a temporary place, written when they are first asked for and removed
/// with the last bench.
final class ModelFolders: Sendable {
  private let root = FileManager.default.temporaryDirectory
    .appendingPathComponent("spolvero-benchmark-\(UUID().uuidString)")

  deinit { try? FileManager.default.removeItem(at: root) }

  func url(of architecture: SyntheticArchitecture) throws -> URL {
    let folder = root.appendingPathComponent(architecture.rawValue)
    if !FileManager.default.fileExists(atPath: folder.path) {
      note("writing random weights to \(folder.path)")
      try SyntheticModel(architecture).write(to: folder)
    }
    return folder
  }
}
