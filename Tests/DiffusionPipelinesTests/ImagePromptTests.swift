import Checkpoints
import DiffusionPipelines
import Faults
import Foundation
import ImageFiles
import Tensors
import TestSupport
import Testing

/// What a pipeline says of image prompts and of the networks that show them.
@Suite struct ImagePromptTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static func fixture(_ path: String) -> URL { Fixture.url("pipelines/\(path)") }

  private func load(
    adapter: URL? = fixture("sd15/ip-adapter_base.safetensors"),
    encoder: URL = fixture("sd15/image_encoder"), model: String = "sd15"
  ) throws -> StableDiffusionPipeline {
    try StableDiffusionPipeline(
      folder: Self.fixture("\(model)/model"),
      imagePrompts: adapter.map { ImagePromptSource(adapter: $0, encoder: encoder) },
      device: .sharedCPU)
  }

  private func refusal(_ body: () throws -> Void) throws -> PipelineError {
    try #require(throws: PipelineError.self) { try body() }
  }

  /// The encoder with another configuration.
  private func encoder(_ old: String, _ new: String) throws -> URL {
    let copy = folder.url.appending(path: "encoder")
    try FileManager.default.copyItem(at: Self.fixture("sd15/image_encoder"), to: copy)
    let config = copy.appending(path: "config.json")
    let text = try String(contentsOf: config, encoding: .utf8)
    #expect(text.contains(old))
    try Data(text.replacing(old, with: new).utf8).write(to: config)
    return copy
  }

  @Test func refusesAnAdapterOfAnotherModelWithBothShapes() throws {
    let error = try refusal {
      _ = try load(adapter: Self.fixture("sdxl/ip-adapter_base.safetensors"))
    }
    #expect(error.kind == .badData)
    for shape in ["[8, 56]", "[8, 24]", "trained for this model"] {
      #expect(error.description.contains(shape), "\(error)")
    }
  }

  @Test func refusesAnEncoderThatGivesSomethingElse() throws {
    let plain = try encoder("CLIPVisionModelWithProjection", "CLIPVisionModel")
    let without = try refusal { _ = try load(encoder: plain) }
    #expect(without.description.contains("not a CLIPVisionModelWithProjection"))
    try FileManager.default.removeItem(at: plain)
    let narrow = try encoder(#""projection_dim": 20"#, #""projection_dim": 16"#)
    let other = try refusal { _ = try load(encoder: narrow) }
    #expect(other.kind == .badData)
    #expect(other.description.contains("of 20 channels, but this encoder gives 16"))
  }

  @Test(arguments: [
    (["unet.weight"], "this is no IP-Adapter"),
    (["image_proj.proj.0.weight", "image_proj.norm.weight"], "\"FaceID\""),
    (["image_proj.proj.0.weight", "image_proj.proj.3.weight"], "full faces"),
    (["image_proj.perceiver_resampler.proj_in.weight"], "FaceID plus"),
  ])
  func saysWhatAFileIsInstead(names: [String], words: String) throws {
    let file = folder.url.appending(path: "ip-adapter.safetensors")
    var writer = SafetensorsWriter()
    for name in names + ["ip_adapter.1.to_k_ip.weight"] {
      writer.add(name, Tensor(repeating: 1, [2, 2], on: .sharedCPU))
    }
    try writer.write(to: file)
    let error = try refusal { _ = try load(adapter: file) }
    #expect(error.kind == .badData && error.description.contains(words), "\(error)")
  }

  @Test func needsAnImageForWhatShowsIt() throws {
    let image = Image(width: 30, height: 40, channels: 1, fill: 90)
    func request(_ images: Int) -> ImageRequest {
      ImageRequest(
        prompt: "a dog", width: 64, height: 64,
        imagePrompts: [Image](repeating: image, count: images))
    }
    let without = try refusal {
      _ = try load(adapter: nil)([request(1)], SamplingSettings(steps: 1))
    }
    #expect(without.kind == .request && without.description.contains("without an IP-Adapter"))
    let pipeline = try load()
    for counts in [[0], [1, 2]] {
      let error = try refusal {
        _ = try pipeline(counts.map(request), SamplingSettings(steps: 1))
      }
      #expect(error.kind == .request && error.description.contains("at least one"))
    }
  }

  @Test func showsNothingAtAScaleOfZero() throws {
    let image = Image(width: 30, height: 40, channels: 3, fill: 200)
    var request = ImageRequest(prompt: "a dog", width: 64, height: 64)
    let plain = try load(adapter: nil)([request], SamplingSettings(steps: 2))
    request.imagePrompts = [image]
    func latents(_ settings: ControlSettings) throws -> [LatentArray] {
      try load()([request], SamplingSettings(steps: 2, imagePrompt: settings)).latents
    }
    #expect(try latents(ControlSettings(scale: 0)) == plain.latents)
    #expect(try latents(ControlSettings(steps: StepRange(end: 0))) == plain.latents)
    #expect(try latents(ControlSettings()) != plain.latents)
  }
}
