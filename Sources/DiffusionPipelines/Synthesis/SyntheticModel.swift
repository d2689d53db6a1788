import Checkpoints
import DiffusionModels
public import Foundation
import TensorCore

/// Writes models with seeded random weights, in diffusers' layout.
///
/// They have the published models' parts and paint noise: for trying the program, for benchmarks and for
/// tests, where no trained weights are at hand.
public struct SyntheticModel: Sendable {
  /// What is written.
  public let architecture: SyntheticArchitecture
  /// Chooses the weights.
  public let seed: UInt64

  /// Chooses a model.
  public init(_ architecture: SyntheticArchitecture, seed: UInt64 = 0) {
    self.architecture = architecture
    self.seed = seed
  }

  /// Writes the model and, in the sub-folder `adapter`, a T2I-Adapter for it.
  ///
  /// - Parameters:
  ///   - folder: A folder that is empty or not there yet.
  ///   - note: Called with the name of each part before it is written.
  /// - Throws: ``PipelineError`` when the folder holds something, `CheckpointError` and system errors
  ///   when it cannot be written.
  public func write(to folder: URL, note: (String) -> Void = { _ in }) throws {
    let contents = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    guard contents?.isEmpty ?? true else {
      throw PipelineError(
        .request, "\(folder.path) holds something already; name a folder that is empty or new")
    }
    let encoders = architecture.textEncoders
    for (index, suffix) in zip(encoders.indices, ["", "_2"]) {
      note("text_encoder\(suffix)")
      try write(
        CLIPTextModel.self, encoders[index],
        to: folder.appendingPathComponent("text_encoder\(suffix)"),
        file: "model.safetensors")
      let tokenizer = folder.appendingPathComponent("tokenizer\(suffix)")
      try make(tokenizer)
      // SDXL's second tokenizer pads with the token of number 0.
      try CLIPTokenizer.writeByteTokenizer(
        to: tokenizer, padding: index == 0 ? "<|endoftext|>" : CLIPTokenizer.byteTokens[0])
    }
    note("unet")
    try write(
      UNet2DConditionModel.self, architecture.unet, to: folder.appendingPathComponent("unet"))
    note("vae")
    try write(
      AutoencoderKL.self, architecture.autoencoder, to: folder.appendingPathComponent("vae"))
    note("adapter")
    try write(
      T2IAdapter.self, architecture.adapter, to: folder.appendingPathComponent("adapter"))
    try make(folder.appendingPathComponent("scheduler"))
    try write(architecture.scheduler, to: folder, "scheduler/scheduler_config.json")
    // Last, since it is what makes the folder a model.
    try write(architecture.index, to: folder, "model_index.json")
  }

  private func write<Model: PretrainedModel>(
    _ type: Model.Type, _ configuration: Model.Configuration, to folder: URL,
    file: String = "diffusion_pytorch_model.safetensors"
  ) throws {
    try make(folder)
    try configuration.json().write(to: folder.appendingPathComponent("config.json"))
    // Without memory the model only says which tensors it reads.
    let parameters = SyntheticParameters(seed: seed)
    _ = try Model(Parameters(parameters, device: .meta), configuration)
    try parameters.write(
      to: folder.appendingPathComponent(file),
      metadata: ["format": "pt", "weights": "random, seed \(seed)"])
  }

  private func write(_ value: JSONValue, to folder: URL, _ name: String) throws {
    try Data("\(value)\n".utf8).write(to: folder.appendingPathComponent(name))
  }

  private func make(_ folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }
}
