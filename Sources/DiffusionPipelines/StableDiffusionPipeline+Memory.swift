import Checkpoints
import Foundation
import TensorCore

extension StableDiffusionPipeline {
  /// Makes sure that the weights fit into the device's memory, before any of them is read.
  ///
  /// - Throws: ``PipelineError`` when they do not; `CheckpointError` for files that cannot be read.
  static func checkMemory(
    forWeightsOf folders: [ModelFolder], _ device: Device, _ precision: ProductPrecision
  ) throws {
    guard !device.backend.streamsWeights, let available = device.backend.availableMemory
    else { return }
    let needed = try folders.reduce(0) { try $0 + parameterCount(of: $1) } * precision.byteCount
    if needed <= available { return }
    let remedies = [
      precision == .float32 ? "half precision (--precision fp16 or bf16)" : nil,
      "keeping the weights in the processor's memory (--offload)", "a smaller model",
    ]
    throw PipelineError(
      .memory, shortage("the model's weights need", needed, available, device, remedies))
  }

  /// Makes sure that a batch fits into the memory that the device has left.
  ///
  /// - Throws: ``PipelineError`` when it does not.
  func checkMemory(for requests: [PictureRequest], _ settings: SamplingSettings) throws {
    guard let available = device.backend.availableMemory, let first = requests.first else { return }
    func memory(batch: Int, _ settings: SamplingSettings) throws -> PaintingMemory {
      try PaintingMemory(
        of: self, batch: batch, width: first.width, height: first.height, settings)
    }
    let needed = try memory(batch: requests.count, settings)
    if needed.peak <= available { return }
    var tiled = settings
    tiled.tilesAutoencoder = true
    let remedies = [
      requests.count > 1 && needed.sampling > available
        ? "fewer pictures at once (--batch-size)" : nil,
      try memory(batch: 1, tiled).decoding < needed.decoding && needed.decoding > available
        ? "decoding in tiles (--vae-tiling)" : nil,
      device.backend.streamsWeights
        ? nil : "keeping the weights in the processor's memory (--offload)", "smaller pictures",
    ]
    let what = requests.count == 1 ? "this picture needs" : "these \(requests.count) pictures need"
    throw PipelineError(
      .memory,
      Self.shortage(
        "\(what) beside the weights", needed.peak, available, device, remedies))
  }

  private static func parameterCount(of folder: ModelFolder) throws -> Int {
    guard folder.has("model_index.json") else {
      return try folder.checkpoint().elementCounts.values.reduce(0, +)
    }
    return try folder.index().components.keys
      .filter { folder.has("\($0)/config.json") }
      .reduce(0) { try $0 + parameterCount(of: folder.component($1)) }
  }

  private static func shortage(
    _ what: String, _ needed: Int, _ available: Int, _ device: Device, _ remedies: [String?]
  ) -> String {
    func text(_ bytes: Int) -> String { String(format: "%.1f GB", Double(bytes) / 1e9) }
    let remedies = remedies.compactMap { $0 }
    return
      "\(what) \(text(needed)) of memory, and \(device) has \(text(available)) free; what helps"
      + " is \(remedies.joined(separator: ", "))"
  }
}
