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
    let parameters = try folders.reduce(0) {
      try $0 + $1.checkpoint().elementCounts.values.reduce(0, +)
    }
    let needed = parameters * precision.byteCount
    if needed <= available { return }
    let halves = [ProductPrecision.float16, .bfloat16].filter(device.backend.supports)
      .map(\.rawValue)
    let remedies = [
      precision == .float32
        ? "half precision (--precision \(halves.joined(separator: " or ")))" : nil,
      device.backend.sharesHostMemory ? nil : offloading, "a smaller model",
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
      device.backend.streamsWeights || device.backend.sharesHostMemory ? nil : Self.offloading,
      "smaller pictures",
    ]
    let what = requests.count == 1 ? "this picture needs" : "these \(requests.count) pictures need"
    throw PipelineError(
      .memory,
      Self.shortage(
        "\(what) beside the weights", needed.peak, available, device, remedies))
  }

  private static let offloading = "keeping the weights in the processor's memory (--offload)"

  private static func shortage(
    _ what: String, _ needed: Int, _ available: Int, _ device: Device, _ remedies: [String?]
  ) -> String {
    func text(_ bytes: Int) -> String {
      bytes < 1_000_000_000
        ? "\(bytes / 1_000_000) MB" : String(format: "%.1f GB", Double(bytes) / 1e9)
    }
    let remedies = remedies.compactMap { $0 }
    return
      "\(what) \(text(needed)) of memory, and \(device) has \(text(available)) free; what helps"
      + " is \(remedies.joined(separator: ", "))"
  }
}
