import CPUBackend
import DiffusionPipelines
import Foundation
import TensorCore
import TestSupport
import Testing
import VulkanBackend

/// What a pipeline says on a processor with too little memory; nothing that it advises is for cards only.
@Suite struct CPUMemoryTests {
  private func load(
    memoryLimit: Int, precision: ProductPrecision = .float32
  ) throws -> StableDiffusionPipeline {
    try StableDiffusionPipeline(
      folder: Fixture.url("pipelines/sd15/model"),
      device: Device(CPUBackend(threads: 2, memoryLimit: memoryLimit)), precision: precision)
  }

  @Test func refusesAModelWhoseWeightsDoNotFit() throws {
    let error = try #require(throws: PipelineError.self) { try load(memoryLimit: 10_000) }
    #expect(error.reason == .memory)
    #expect(error.description.contains("--precision bf16"))
    #expect(!error.description.contains("fp16 or"))
    #expect(!error.description.contains("--offload"))
  }

  /// The least limit under which the weights can be held in half precision.
  @Test func loadsInThePrecisionThatItAdvises() throws {
    let folder = try TemporaryFolder()
    try SyntheticModel(.tiny).write(to: folder.url)
    func error(_ limit: Int, _ precision: ProductPrecision) -> PipelineError? {
      reason {
        _ = try StableDiffusionPipeline(
          folder: folder.url, device: Device(CPUBackend(threads: 1, memoryLimit: limit)),
          precision: precision)
      }
    }
    let limits = stride(from: 1_000_000, to: 40_000_000, by: 500_000)
    let limit = try #require(limits.first { error($0, .bfloat16)?.reason != .memory })
    let advice = try #require(error(limit, .float32))
    #expect(advice.reason == .memory && advice.description.contains("--precision bf16"))
  }

  /// The least limit under which one picture can be painted in tiles: what is more is refused there, and
  /// what the messages advise is what then works.
  @Test func paintsWithEachOfTheRemediesThatItNames() throws {
    let request = PictureRequest(prompt: "a dog", width: 1024, height: 1024)
    let plain = SamplingSettings(steps: 1)
    var tiled = plain
    tiled.tilesAutoencoder = true
    let limits = stride(from: 20_000_000, to: 400_000_000, by: 10_000_000)
    let pipeline = try #require(
      limits.lazy.compactMap { try? load(memoryLimit: $0) }
        .first { pipeline in reason { _ = try pipeline([request], tiled) } == nil })
    let single = try #require(reason { _ = try pipeline([request], plain) })
    #expect(single.reason == .memory && single.description.contains("--vae-tiling"))
    let batch = [PictureRequest](repeating: request, count: 8)
    let many = try #require(reason { _ = try pipeline(batch, tiled) })
    #expect(many.reason == .memory && many.description.contains("--batch-size"))
    #expect(!many.description.contains("--offload"))
  }

  private func reason(_ body: () throws -> Void) -> PipelineError? {
    do { try body() } catch { return error as? PipelineError }
    return nil
  }
}

/// What a pipeline says on a device with too little memory.
@Suite(.enabled(if: Device.sharedVulkan != nil, "there is no Vulkan device"))
struct MemoryTests {
  private func load(memoryLimit: Int) throws -> StableDiffusionPipeline {
    try StableDiffusionPipeline(
      folder: Fixture.url("pipelines/sd15/model"),
      device: Device(VulkanBackend(VulkanOptions(memoryLimit: memoryLimit))))
  }

  @Test func refusesAModelWhoseWeightsDoNotFit() {
    let error = #expect(throws: PipelineError.self) { try load(memoryLimit: 10_000) }
    #expect(error?.reason == .memory)
    #expect(error?.description.contains("the model's weights need") == true)
    #expect(error?.description.contains("--precision") == true)
  }

  @Test func refusesPicturesThatDoNotFitAndSaysWhatHelps() throws {
    let pipeline = try load(memoryLimit: 30_000_000)
    func error(count: Int, side: Int) -> PipelineError? {
      let request = PictureRequest(prompt: "a dog", width: side, height: side)
      return #expect(throws: PipelineError.self) {
        _ = try pipeline(
          [PictureRequest](repeating: request, count: count), SamplingSettings(steps: 1))
      }
    }
    let large = error(count: 1, side: 2048)
    #expect(large?.reason == .memory)
    #expect(large?.description.contains("this picture needs") == true)
    #expect(large?.description.contains("--vae-tiling") == true)
    #expect(large?.description.contains("--batch-size") == false)
    let many = error(count: 400, side: 64)
    #expect(many?.description.contains("these 400 pictures need") == true)
    #expect(many?.description.contains("--batch-size") == true)
  }

  @Test func paintsWhatFits() throws {
    let request = PictureRequest(prompt: "a dog", width: 64, height: 64)
    _ = try load(memoryLimit: 30_000_000)([request], SamplingSettings(steps: 1))
  }
}
