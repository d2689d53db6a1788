import Checkpoints
import Faults
import Foundation
import Tensors

extension StableDiffusionPipeline {
  /// Makes sure that the weights fit into the device's memory, before any of them is read.
  ///
  /// - Throws: ``PipelineError`` when they do not.
  static func checkMemory(
    forWeightsOf checkpoints: [Checkpoint], _ device: Device, _ precision: ProductPrecision
  ) throws {
    guard !device.backend.streamsWeights, let available = device.backend.availableMemory
    else { return }
    let parameters = checkpoints.reduce(0) { $0 + $1.elementCounts.values.reduce(0, +) }
    let needed = parameters * precision.byteCount
    if needed <= available { return }
    let halves = [ProductPrecision.float16, .bfloat16].filter(device.backend.supports)
      .map(\.rawValue)
    throw shortage(
      "the model's weights need", needed, available, device,
      [
        precision == .float32 ? ("half precision", Remedy(.precision, halves)) : nil,
        device.backend.sharesHostMemory ? nil : offloading, ("a smaller model", nil),
      ])
  }

  /// Makes sure that a batch fits into the memory that the device has left.
  ///
  /// - Throws: ``PipelineError`` when it does not.
  func checkMemory(for requests: [ImageRequest], _ settings: SamplingSettings) throws {
    guard let available = device.backend.availableMemory, let first = requests.first else { return }
    let (width, height) = (first.width, first.height)
    let sampling = try samplingMemory(
      batch: requests.count, width: width, height: height,
      like: requests.first { !$0.objects.isEmpty } ?? first, settings)
    let encodesImages = first.image != nil
    let coding = try codingMemory(
      width: width, height: height, encodesImages: encodesImages, settings)
    if max(sampling, coding) <= available { return }
    var tiled = settings
    tiled.tilesAutoencoder = true
    let inTiles = try codingMemory(
      width: width, height: height, encodesImages: encodesImages, tiled)
    let what = requests.count == 1 ? "this image needs" : "these \(requests.count) images need"
    throw Self.shortage(
      "\(what) beside the weights", max(sampling, coding), available, device,
      [
        requests.count > 1 && sampling > available
          ? ("fewer images at once", Remedy(.batchSize)) : nil,
        inTiles < coding && coding > available ? ("decoding in tiles", Remedy(.tiling)) : nil,
        device.backend.streamsWeights || device.backend.sharesHostMemory ? nil : Self.offloading,
        ("smaller images", nil),
      ])
  }

  /// What takes less memory, in words and, where there is one, as a setting.
  private typealias Saving = (words: String, remedy: Remedy?)

  private static let offloading: Saving = (
    "keeping the weights in the processor's memory", Remedy(.offloading)
  )

  private static func shortage(
    _ what: String, _ needed: Int, _ available: Int, _ device: Device, _ savings: [Saving?]
  ) -> PipelineError {
    func text(_ bytes: Int) -> String {
      bytes < 1_000_000_000
        ? "\(bytes / 1_000_000) MB" : String(format: "%.1f GB", Double(bytes) / 1e9)
    }
    let savings = savings.compactMap { $0 }
    return PipelineError(
      .memory,
      "\(what) \(text(needed)) of memory, and \(device) has \(text(available)) free; what helps"
        + " is \(savings.map(\.words).joined(separator: ", "))",
      remedies: savings.compactMap(\.remedy))
  }
}
