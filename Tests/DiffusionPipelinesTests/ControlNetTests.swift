import DiffusionPipelines
import Faults
import Foundation
import ImageFiles
import Tensors
import TestSupport
import Testing

/// ControlNets in a pipeline, beyond what diffusers' runs show.
@Suite struct ControlNetTests {
  private func pipeline(
    _ model: String = "sd15", controls: String..., on device: Device = .sharedCPU
  ) throws -> StableDiffusionPipeline {
    try StableDiffusionPipeline(
      folder: Fixture.url("pipelines/\(model)/model"),
      controls: controls.map { Fixture.url("pipelines/\($0)") }, device: device)
  }

  private func image(_ name: String) throws -> Image {
    try Image(contentsOf: Fixture.url("pipelines/sd15/\(name).png"))
  }

  private func request(_ images: Image...) -> ImageRequest {
    ImageRequest(prompt: "a dog", width: 72, height: 56, seed: 3, controlImages: images)
  }

  private let settings = SamplingSettings(steps: 3)

  /// Each message names what there is and what is wanted.
  @Test(arguments: [
    ("sdxl", "sd15/control", "channels at 1/16", "16 channels at 1/64"),
    ("sd15", "sdxl/control", "channels at 1/32", "16 channels at 1/64"),
    ("sd2", "sd15/control", "prompts of [24]", "give 32"),
  ])
  func refusesANetworkOfAnotherModel(
    model: String, control: String, found: String, wanted: String
  ) throws {
    let error = try #require(throws: PipelineError.self) {
      try pipeline(model, controls: control)
    }
    #expect(error.kind == .badData)
    for text in [found, wanted, "trained for this model"] {
      #expect(error.description.contains(text), "\(error)")
    }
  }

  /// The order in which networks are named changes a sum's rounding only.
  @Test(arguments: Device.backendsUnderTest)
  func anyOrderOfNetworksPaintsTheSame(on device: Device) throws {
    let (outlines, guide) = try (image("outlines"), image("guide"))
    let one = try pipeline(controls: "sd15/control", "sd15/adapter", on: device)(
      [request(outlines, guide)], settings)
    let other = try pipeline(controls: "sd15/adapter", "sd15/control", on: device)(
      [request(guide, outlines)], settings)
    expectClose(
      one.latents[0].tensor(on: .sharedCPU), other.latents[0].tensor(on: .sharedCPU), within: .model
    )
  }

  @Test func idsBeyondTheClassesAreTheLastOne() throws {
    let pipeline = try pipeline(controls: "sd15/control_labels")
    #expect(pipeline.controls[0].seesLabels && pipeline.controls[0].imageChannels == 22)
    let labels = try image("labels")
    let limited = Image(
      width: labels.width, height: labels.height, channels: 1,
      pixels: labels.pixels.map { min($0, 21) })
    let images = [labels, limited, limited.rgb()]
    let latents = try images.map { try pipeline([request($0)], settings).latents }
    #expect(latents[0] == latents[1] && latents[1] == latents[2])
  }

  @Test func refusesColoursWhereIDsAreWanted() throws {
    let pipeline = try pipeline(controls: "sd15/control_labels")
    let error = try #require(throws: PipelineError.self) {
      try pipeline([request(image("outlines"))], settings)
    }
    #expect(error.kind == .request && error.description.contains("22 classes"))
  }

  /// Beside a network that knows no absence, the prompt is kept all the same.
  @Test func guidanceLeadsFromTheLearntHint() throws {
    let pipeline = try pipeline(controls: "sd15/control_dropout")
    #expect(pipeline.controls[0].hasUnconditionalHint)
    let outlines = try image("outlines")
    var negative = request(outlines)
    negative.negativePrompt = "a dog"
    let (kept, named) = try (
      pipeline([request(outlines)], settings), pipeline([negative], settings)
    )
    #expect(kept.latents == named.latents)
    negative.negativePrompt = ""
    #expect(try pipeline([negative], settings).latents != kept.latents)
  }

  @Test(arguments: [("adapter", "adapter"), ("control", "control"), ("control_labels", "control")])
  func aRecordNamesNetworksByTheirKind(folder: String, role: String) throws {
    let url = Fixture.url("pipelines/sd15/\(folder)")
    #expect(try StableDiffusionPipeline.role(ofControlAt: url) == role)
  }
}
