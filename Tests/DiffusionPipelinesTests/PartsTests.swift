import Checkpoints
import DiffusionModels
import DiffusionPipelines
import ImageFiles
import ImageTensors
import NoiseSchedulers
import Tensors
import TestSupport
import Testing

/// What a pipeline is made of, used by hand.
@Suite struct PartsTests {
  private func pipeline(
    _ architecture: String, _ scheduler: SchedulerKind? = nil
  ) throws -> StableDiffusionPipeline {
    try StableDiffusionPipeline(
      folder: Fixture.url("pipelines/\(architecture)/model"), scheduler: scheduler,
      device: .sharedCPU)
  }

  /// One step of DDIM, without guidance.
  @Test func paintWhatThePipelinePaints() throws {
    let pipeline = try pipeline("sd15", .ddim)
    var generator = TorchGenerator(seed: 5)
    let noise = LatentArray(generator.normal(count: 4 * 8 * 8), [1, 4, 8, 8])
    let request = ImageRequest(prompt: "a dog", width: 64, height: 64, initialLatents: noise)
    let painted = try pipeline([request], SamplingSettings(steps: 1, guidanceScale: 1))

    let step = try pipeline.scheduler.plan(steps: 1).steps[0]
    let x = noise.tensor(on: pipeline.device)
    let prompt = pipeline.promptEncoder("a dog")
    let output = pipeline.unet(
      x, timestep: step.timestep,
      UNetConditions(pipeline.unet.project(encoderHiddenStates: prompt.context)))
    let denoised = Tensor.combine([(step.denoised.sample, x), (step.denoised.modelOutput, output)])
    let latents = Tensor.combine([
      (step.next.sample, x), (step.next.modelOutput, output), (step.next.denoised, denoised),
    ])
    expectClose(
      latents, painted.latents[0].tensor(on: pipeline.device), within: .model)
    let decoded = pipeline.autoencoder.decode(pipeline.autoencoder.unscaled(latents))
    let image = Image.all(of: decoded, in: .symmetric)[0]
    let worst = zip(image.pixels, painted.images[0].pixels)
      .reduce(0) { max($0, abs(Int($1.0) - Int($1.1))) }
    #expect(worst <= 1)
  }

  /// What is seen of an image while it is painted does not depend on how the next step is found.
  @Test func pndmEstimatesTheCleanSampleAsDDIMDoes() throws {
    let steps = try [SchedulerKind.pndm, .ddim].map {
      try pipeline("sd15", $0).scheduler.plan(steps: 5).steps
    }
    let expected = Dictionary(uniqueKeysWithValues: steps[1].map { ($0.timestep, $0.denoised) })
    for step in steps[0] {
      let denoised = try #require(expected[step.timestep])
      #expect(step.denoised.sample == denoised.sample)
      #expect(step.denoised.modelOutput == denoised.modelOutput)
    }
  }

  @Test(arguments: ["sd15", "sdxl"]) func encodePrompts(architecture: String) throws {
    let pipeline = try pipeline(architecture)
    let encoder = pipeline.promptEncoder
    let dog = encoder("a dog")
    let channels = pipeline.unet.configuration.crossAttentionDim[0]
    #expect(dog.context.shape == [1, encoder.tokens, channels])
    #expect((dog.pooled != nil) == (architecture == "sdxl"))
    #expect(dog.context.floats() != encoder("a cat").context.floats())
    #expect(encoder.negative("", beside: dog).context.floats() == encoder("").context.floats())
    let absent = encoder.negative(nil, beside: dog).context.floats()
    #expect(absent.allSatisfy { $0 == 0 } == (architecture == "sdxl"))
  }
}
