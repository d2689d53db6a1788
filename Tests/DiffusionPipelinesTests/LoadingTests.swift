import Checkpoints
import DiffusionPipelines
import Faults
import Foundation
import ImageFiles
import NoiseSchedulers
import Synchronization
import Tensors
import TestSupport
import Testing

@Suite struct LoadingTests {
  private func load(_ model: String, adapter: String? = nil) throws -> StableDiffusionPipeline {
    try StableDiffusionPipeline(
      folder: Fixture.url("pipelines/\(model)/model"),
      controls: adapter.map { [Fixture.url("pipelines/\($0)/adapter")] } ?? [], device: .sharedCPU)
  }

  @Test func refusesAnAdapterOfAnotherArchitecture() {
    let error = #expect(throws: PipelineError.self) { try load("sd15", adapter: "sdxl") }
    #expect(error?.kind == .badData)
    #expect(error?.description.contains("trained for this model") == true)
  }

  @Test func knowsWhatSizesAModelTakes() throws {
    #expect(try load("sd15").sizeMultiple == 8)
    #expect(try load("sd15", adapter: "sd15").sizeMultiple == 8)
    #expect(try load("sdxl", adapter: "sdxl").sizeMultiple == 16)
    #expect(try load("sd15").defaultSize == ImageSize(width: 64, height: 64))
  }

  @Test func refusesFoldersThatAreNoModelOfThisPipeline() throws {
    let adapter = Fixture.url("pipelines/sd15/adapter")
    let noModel = #expect(throws: PipelineError.self) {
      try StableDiffusionPipeline(folder: adapter, device: .sharedCPU)
    }
    #expect(noModel?.description.contains("no model_index.json") == true)
    #expect(noModel?.description.contains("that steers one") == true)

    let folder = try TemporaryFolder()
    let copy = folder.url.appending(path: "model")
    try FileManager.default.copyItem(at: Fixture.url("pipelines/sd15/model"), to: copy)
    let index = copy.appending(path: "model_index.json")
    let text = try String(contentsOf: index, encoding: .utf8)
      .replacing("\"StableDiffusionPipeline\"", with: "\"StableDiffusionXLImg2ImgPipeline\"")
    try Data(text.utf8).write(to: index)
    let other = #expect(throws: PipelineError.self) {
      try StableDiffusionPipeline(folder: copy, device: .sharedCPU)
    }
    #expect(other?.description.contains("is a StableDiffusionXLImg2ImgPipeline") == true)
  }

  @Test(arguments: [0, 1001]) func refusesNumbersOfStepsThatCannotBe(steps: Int) throws {
    let pipeline = try load("sd15")
    let error = #expect(throws: SchedulerError.self) {
      try pipeline.check(SamplingSettings(steps: steps))
    }
    #expect(error?.kind == .request && error?.description.contains("1 to 1000") == true)
    try pipeline.check(SamplingSettings(steps: 999))
  }

  @Test func refusesATextEncoderOfAnotherModel() throws {
    let folder = try TemporaryFolder()
    let copy = folder.url.appending(path: "model")
    try FileManager.default.copyItem(at: Fixture.url("pipelines/sd15/model"), to: copy)
    let encoder = copy.appending(path: "text_encoder")
    try FileManager.default.removeItem(at: encoder)
    try FileManager.default.copyItem(
      at: Fixture.url("pipelines/sd2/model/text_encoder"), to: encoder)
    let error = #expect(throws: PipelineError.self) {
      try StableDiffusionPipeline(folder: copy, device: .sharedCPU)
    }
    #expect(error?.description.contains("different models") == true)
  }

  @Test(arguments: [1, 2, 40]) func stopsBeforeATensorWhenAsked(call: Int) throws {
    let calls = Mutex(0)
    #expect(throws: CancellationError.self) {
      try StableDiffusionPipeline(
        folder: Fixture.url("pipelines/sdxl/model"),
        controls: [Fixture.url("pipelines/sdxl/adapter")], device: .sharedCPU
      ) {
        let number = calls.withLock { calls in
          calls += 1
          return calls
        }
        if number == call { throw CancellationError() }
      }
    }
    #expect(calls.withLock { $0 } == call)
  }

  @Test func asksBeforeEveryTensorOfEveryPart() throws {
    let calls = Mutex(0)
    _ = try StableDiffusionPipeline(
      folder: Fixture.url("pipelines/sdxl/model"),
      controls: [Fixture.url("pipelines/sdxl/adapter")],
      device: .sharedCPU, check: { calls.withLock { $0 += 1 } })
    let model = try ModelFolder(Fixture.url("pipelines/sdxl/model"))
    let adapter = try ModelFolder(Fixture.url("pipelines/sdxl/adapter"))
    let parts =
      try ["text_encoder", "text_encoder_2", "unet", "vae"].map(model.checkpoint) + [
        adapter.checkpoint()
      ]
    #expect(calls.withLock { $0 } == parts.map(\.names.count).reduce(0, +))
  }

  @Test func aConstantPictureIsAnErrorAndNotKept() throws {
    let folder = try TemporaryFolder()
    let copy = folder.url.appending(path: "model")
    try FileManager.default.copyItem(at: Fixture.url("pipelines/sd15/model"), to: copy)
    try blankLastConvolution(of: copy.appending(path: "vae/diffusion_pytorch_model.safetensors"))
    let pipeline = try StableDiffusionPipeline(folder: copy, device: .sharedCPU)
    let error = #expect(throws: PipelineError.self) {
      try pipeline(
        [ImageRequest(prompt: "a dog", width: 64, height: 64)], SamplingSettings(steps: 1))
    }
    #expect(error?.kind == .degenerate)
    #expect(error?.description.contains("single colour") == true)
  }

  /// A decoder whose last weights are zeros paints its bias everywhere.
  private func blankLastConvolution(of file: URL) throws {
    let checkpoint = try Checkpoint(file)
    var writer = SafetensorsWriter()
    for name in checkpoint.names {
      let tensor = try checkpoint.tensor(named: name, on: .sharedCPU)
      let isLast = name == "decoder.conv_out.weight"
      writer.add(name, isLast ? Tensor(repeating: 0, tensor.shape, on: .sharedCPU) : tensor)
    }
    try writer.write(to: file)
  }
}

@Suite struct LatentArrayTests {
  @Test(arguments: Device.underTest)
  func latentsAreChannelsFirstOnTheHostAndLastOnADevice(device: Device) {
    let latents = LatentArray((0..<24).map(Float.init), [1, 4, 2, 3])
    let tensor = latents.tensor(on: device)
    #expect(tensor.shape == [1, 2, 3, 4])
    #expect(tensor.floats().prefix(4) == [0, 6, 12, 18])
    #expect(LatentArray(tensor) == latents)
  }

  @Test func comesBackFromAFile() throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "latents.safetensors")
    let latents = LatentArray((0..<48).map { Float($0) / 7 }, [2, 4, 2, 3])
    try latents.write(to: file)
    #expect(try LatentArray(contentsOf: file, on: .sharedCPU) == latents)
    #expect(LatentArray(joining: latents.samples) == latents)
    #expect(latents.samples[1].values.first == 24.0 / 7)
  }

  @Test func refusesFilesWithoutLatents() throws {
    let file = Fixture.url("pipelines/sd15/model/vae/diffusion_pytorch_model.safetensors")
    #expect(throws: CheckpointError.self) { try LatentArray(contentsOf: file, on: .sharedCPU) }
  }
}

@Suite struct SyntheticModelTests {
  @Test func writesAModelThatPaintsAlongAGuideAndAnImagePrompt() throws {
    let folder = try TemporaryFolder()
    try SyntheticModel(.tiny, seed: 3).write(to: folder.url)
    let pipeline = try StableDiffusionPipeline(
      folder: folder.url, controls: [folder.url.appending(path: "adapter")],
      imagePrompts: ImagePromptSource(
        adapter: folder.url.appending(path: "ip-adapter.safetensors"),
        encoder: folder.url.appending(path: "image_encoder")), device: .sharedCPU)
    let guide = Image(width: 64, height: 64, channels: 3, fill: 90)
    let request = ImageRequest(
      prompt: "a dog", width: 64, height: 64, controlImages: [guide], imagePrompts: [guide])
    let image = try pipeline([request], SamplingSettings(steps: 2)).images[0]
    #expect(image.width == 64 && image.height == 64 && image.channels == 3)
  }

  @Test func writesTheSameModelForTheSameSeed() throws {
    let (first, second, other) = (
      try TemporaryFolder(), try TemporaryFolder(), try TemporaryFolder()
    )
    for (folder, seed) in [(first, 1), (second, 1), (other, 2)] {
      try SyntheticModel(.tiny, seed: UInt64(seed)).write(to: folder.url)
    }
    let file = "unet/diffusion_pytorch_model.safetensors"
    let bytes = try [first, second, other].map {
      try Data(contentsOf: $0.url.appending(path: file))
    }
    #expect(bytes[0] == bytes[1])
    #expect(bytes[0] != bytes[2])
  }

  @Test func refusesAFolderThatHoldsSomething() throws {
    let folder = try TemporaryFolder()
    try Data().write(to: folder.url.appending(path: "mine.txt"))
    #expect(throws: PipelineError.self) { try SyntheticModel(.tiny).write(to: folder.url) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["mine.txt"])
  }
}
