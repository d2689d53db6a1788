import CPUBackend
import DiffusionPipelines
import Faults
import Foundation
import Tensors
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
    #expect(error.kind == .memory)
    #expect(error.description.contains("half precision"))
    #expect(error.remedies == [Remedy(.precision, ["bf16"])])
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
    let limit = try #require(limits.first { error($0, .bfloat16)?.kind != .memory })
    let advice = try #require(error(limit, .float32))
    #expect(advice.kind == .memory && advice.remedies == [Remedy(.precision, ["bf16"])])
  }

  /// The least limit under which one image can be painted in tiles: what is more is refused there, and
  /// what the messages advise is what then works.
  @Test func paintsWithEachOfTheRemediesThatItNames() throws {
    let request = ImageRequest(prompt: "a dog", width: 1024, height: 1024)
    let plain = SamplingSettings(steps: 1)
    var tiled = plain
    tiled.tilesAutoencoder = true
    let limits = stride(from: 20_000_000, to: 400_000_000, by: 10_000_000)
    let pipeline = try #require(
      limits.lazy.compactMap { try? load(memoryLimit: $0) }
        .first { pipeline in reason { _ = try pipeline([request], tiled) } == nil })
    let single = try #require(reason { _ = try pipeline([request], plain) })
    #expect(single.kind == .memory && single.remedies == [Remedy(.tiling)])
    #expect(single.description.contains("decoding in tiles"))
    let batch = [ImageRequest](repeating: request, count: 8)
    let many = try #require(reason { _ = try pipeline(batch, tiled) })
    #expect(many.kind == .memory && many.remedies == [Remedy(.batchSize)])
    #expect(many.description.contains("fewer images at once"))
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
    #expect(error?.kind == .memory)
    #expect(error?.description.contains("the model's weights need") == true)
    #expect(error?.remedies == [Remedy(.precision, ["fp16", "bf16"]), Remedy(.offloading)])
  }

  @Test func refusesPicturesThatDoNotFitAndSaysWhatHelps() throws {
    let pipeline = try load(memoryLimit: 30_000_000)
    func error(count: Int, side: Int) -> PipelineError? {
      let request = ImageRequest(prompt: "a dog", width: side, height: side)
      return #expect(throws: PipelineError.self) {
        _ = try pipeline(
          [ImageRequest](repeating: request, count: count), SamplingSettings(steps: 1))
      }
    }
    let large = error(count: 1, side: 2048)
    #expect(large?.kind == .memory)
    #expect(large?.description.contains("this image needs") == true)
    #expect(large?.remedies == [Remedy(.tiling), Remedy(.offloading)])
    let many = error(count: 400, side: 64)
    #expect(many?.description.contains("these 400 images need") == true)
    #expect(many?.remedies.contains(Remedy(.batchSize)) == true)
  }

  @Test func paintsWhatFits() throws {
    let request = ImageRequest(prompt: "a dog", width: 64, height: 64)
    _ = try load(memoryLimit: 30_000_000)([request], SamplingSettings(steps: 1))
  }
}
