import DiffusionModels
import DiffusionPipelines
import Faults
import Foundation
import ImageFiles
import Tensors
import TestSupport
import Testing

/// What a pipeline says of objects in boxes, and how they go with what else steers.
@Suite struct ObjectTests {
  private func load(
    _ model: String = "gligen", on device: Device = .sharedCPU, steered: Bool = false
  ) throws -> StableDiffusionPipeline {
    func sd15(_ path: String) -> URL { Fixture.url("pipelines/sd15/\(path)") }
    return try StableDiffusionPipeline(
      folder: Fixture.url("pipelines/\(model)/model"), controls: steered ? [sd15("adapter")] : [],
      imagePrompts: steered
        ? ImagePromptSource(
          adapter: sd15("ip-adapter_plus.safetensors"), encoder: sd15("image_encoder")) : nil,
      device: device)
  }

  private func request(_ boxes: [BoundingBox]) -> ImageRequest {
    ImageRequest(
      prompt: "a garden", width: 64, height: 64,
      objects: boxes.map { BoxedObject("a dog", in: $0) })
  }

  private let box = BoundingBox(x0: 0.1, y0: 0.2, x1: 0.5, y1: 1)

  @Test func needsANetworkThatTakesThem() throws {
    let error = try #require(throws: PipelineError.self) {
      try load("sd15")([request([box])], SamplingSettings(steps: 1))
    }
    #expect(error.kind == .request && error.description.contains("attention_type gated"))
  }

  @Test func hasRoomForThirty() throws {
    let pipeline = try load()
    let error = try #require(throws: PipelineError.self) {
      try pipeline(
        [request([BoundingBox](repeating: box, count: 31))], SamplingSettings(steps: 1))
    }
    #expect(error.kind == .request && error.description.contains("room for 30"))
    let full = request([BoundingBox](repeating: box, count: 30))
    _ = try pipeline([full], SamplingSettings(steps: 1))
  }

  @Test(arguments: [
    BoundingBox(x0: 0.5, y0: 0, x1: 0.5, y1: 1), BoundingBox(x0: 0.6, y0: 0, x1: 0.5, y1: 1),
    BoundingBox(x0: -0.1, y0: 0, x1: 0.5, y1: 1), BoundingBox(x0: 0, y0: 0, x1: 1.01, y1: 1),
    BoundingBox(x0: 0, y0: 0.9, x1: 1, y1: 0.1), BoundingBox(x0: 0, y0: 0, x1: .nan, y1: 1),
  ])
  func refusesBoxesThatAreNone(box: BoundingBox) throws {
    let error = try #require(throws: PipelineError.self) {
      try load()([request([box])], SamplingSettings(steps: 1))
    }
    #expect(error.kind == .request && error.description.contains("leaves the image"))
  }

  @Test func countInTheFirstStepsOnly() throws {
    let pipeline = try load()
    func latents(_ boxes: [BoundingBox], _ steps: StepRange?) throws -> [LatentArray] {
      try pipeline([request(boxes)], SamplingSettings(steps: 5, boxSteps: steps)).latents
    }
    let plain = try latents([], nil)
    #expect(try latents([box], StepRange(end: 0.19)) == plain)
    let first = try latents([box], StepRange(end: 0.2))
    #expect(first != plain)
    #expect(try latents([box], nil) == first)
    #expect(try latents([box], StepRange(end: 1)) != first)
  }

  /// What diffusers cannot do: boxes, an image prompt and an adapter in one run.
  @Test(arguments: Device.backendsUnderTest)
  func joinOtherControls(device: Device) throws {
    let pipeline = try load(on: device, steered: true)
    let image = try Image(contentsOf: Fixture.url("pipelines/sd15/image_prompt_1.png"))
    func latents(
      boxes: Bool = true, shown: Float = 0.8, followed: Float = 0.8
    ) throws -> LatentArray {
      var request = request(boxes ? [box] : [])
      request.imagePrompts = [image]
      request.controlImages = [try Image(contentsOf: Fixture.url("pipelines/sd15/guide.png"))]
      let settings = SamplingSettings(
        steps: 3, controls: [ControlSettings(scale: followed)],
        imagePrompt: ControlSettings(scale: shown), boxSteps: StepRange(end: 0.7))
      return try pipeline([request], settings).latents[0]
    }
    let all = try latents()
    #expect(try latents(boxes: false) != all)
    #expect(try latents(shown: 0) != all)
    #expect(try latents(followed: 0) != all)
    #expect(try latents() == all)
  }
}
