import Checkpoints
import Faults
import Foundation
import NeuralLayers

/// Every kind of control network; a new one is a line here.
enum ControlCatalogue {
  static let networks: [any LoadableControl.Type] = [
    T2IAdapterControl.self, ControlNetControl.self,
  ]

  /// The pipelines of diffusers that steer by such a network and paint what a pipeline without one paints.
  static let pipelines = [
    "StableDiffusionAdapterPipeline", "StableDiffusionXLAdapterPipeline",
    "StableDiffusionControlNetPipeline", "StableDiffusionXLControlNetPipeline",
  ]

  /// The kind of network that a folder holds; the first one's when it does not say.
  ///
  /// - Throws: ``PipelineError`` for a folder that holds something else, `CheckpointError` when it cannot be read.
  static func network(in folder: ModelFolder) throws -> any LoadableControl.Type {
    guard let name = try folder.className() else { return T2IAdapterControl.self }
    if let found = networks.first(where: { $0.className == name }) { return found }
    throw PipelineError(
      .badData,
      "\(folder.url.path): this is a \(name); what steers a model here is a "
        + networks.map { $0.className }.joined(separator: " or "))
  }
}
