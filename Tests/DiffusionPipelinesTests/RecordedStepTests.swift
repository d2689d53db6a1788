import Checkpoints
import DiffusionPipelines
import Tensors
import TestSupport
import Testing
import VulkanBackend

/// What a device that records is asked for by a run.
@Suite(.enabled(if: Device.sharedVulkan != nil, "there is no Vulkan device"))
struct RecordedStepTests {
  private struct Interruption: Error {}

  private func find(_ name: String) throws -> PipelineCase {
    try #require(PipelineCase.all.first { $0.testDescription == name })
  }

  /// As few steps as have all kinds among them.
  private func settings(of pipelineCase: PipelineCase) -> SamplingSettings {
    var settings = pipelineCase.settings
    settings.steps = 6
    return settings
  }

  /// Replayed, operation by operation, and both once more: what a run leaves must not matter.
  @Test(arguments: [
    "sd15/ddim-eta", "sd15/pndm", "sdxl/adapter-first-steps", "sdxl/euler-a-pair",
    "sd15/two-controls", "sdxl/control-adapter",
  ])
  func aRecordedRunPaintsWhatOthersDo(_ name: String) throws {
    let device = try #require(Device.sharedVulkan)
    let pipelineCase = try find(name)
    let pipeline = try pipelineCase.pipeline(on: device)
    let settings = settings(of: pipelineCase)
    let outputs = try [true, false, true, false].map { isRecorded in
      try Recording.$isEnabled.withValue(isRecorded) {
        try pipeline(try pipelineCase.requests(), settings)
      }
    }
    #expect(outputs.dropFirst().allSatisfy { $0.latents == outputs[0].latents })
    #expect(outputs.dropFirst().allSatisfy { $0.images == outputs[0].images })
  }

  /// Steps with and without the adapter are two functions; all others are one.
  @Test(arguments: [
    ("sd15/euler-a-pair", 1), ("sd15/pndm", 1), ("sdxl/adapter-first-steps", 2),
    ("sd15/control-steps", 3), ("sd15/two-controls", 3),
  ])
  func aStepIsRecordedOnce(_ name: String, _ count: Int) throws {
    let backend = try VulkanBackend()
    let pipelineCase = try find(name)
    let pipeline = try pipelineCase.pipeline(on: Device(backend))
    _ = try pipeline(try pipelineCase.requests(), settings(of: pipelineCase))
    #expect(backend.recordingCount == count)
  }

  /// How often a step dispatches each kind of work.
  private func workOfAStep(_ name: String) throws -> [String: Int] {
    let backend = try VulkanBackend(VulkanOptions(profiles: true))
    let pipelineCase = try find(name)
    let pipeline = try pipelineCase.pipeline(on: Device(backend))
    _ = backend.takeTimes()
    // Everything before the decoder, so that two runs differ by one step.
    func work(steps: Int) throws -> [String: Int] {
      var settings = pipelineCase.settings
      settings.steps = steps
      #expect(throws: Interruption.self) {
        try pipeline(try pipelineCase.requests(), settings) {
          if $0.stage == .decoding { throw Interruption() }
        }
      }
      return backend.takeTimes().counts
    }
    let shorter = try work(steps: 4)
    return try work(steps: 5).merging(shorter, uniquingKeysWith: -).filter { $0.value != 0 }
  }

  /// The control image is looked at once, and keys and values of the prompt are found once.
  @Test func aControlNetDispatchesNothingButItsLayers() throws {
    let plain = try workOfAStep("sd15/ddim")
    let added = try workOfAStep("sd15/control-ddim").merging(plain, uniquingKeysWith: -)
    let (resnets, transformers, residuals) = (4 * 2 + 2, 3 * 2 + 1, 4 * 3 + 1)
    let shortcuts = 2
    #expect(
      added.filter { $0.value != 0 } == [
        "conv2D": 1 + 2 * resnets + 3,
        "matmul": residuals + shortcuts + 2 + resnets + transformers * (2 + 4 + 2 + 1),
        "gatedMatmul": transformers,
        "attention": 2 * transformers,
        "groupNorm": 3 * (2 * resnets + transformers),
        "layerNorm": 3 * transformers,
        "map silu": 1,
        // Residuals are scaled and added.
        "combine": 2 * residuals,
      ])
  }

  @Test func aStepDispatchesNothingButItsLayersAndTheSampler() throws {
    let step = try workOfAStep("sd15/adapter-ddim")
    // As in `UNetWorkTests`, but a norm is three dispatches.
    let (resnets, transformers, skips) = (4 * 2 + 2 + 4 * 3, 3 * 2 + 1 + 3 * 3, 4 * 3)
    let shortcuts = 2 + skips
    #expect(
      step == [
        "conv2D": 2 + 2 * resnets + 3 + 3,
        "matmul": shortcuts + 2 + resnets + transformers * (2 + 4 + 2 + 1),
        "gatedMatmul": transformers,
        "attention": 2 * transformers,
        "groupNorm": 3 * (2 * resnets + transformers + 1),
        "layerNorm": 3 * transformers,
        "map silu": 1,
        // The adapter's features, the input, the guidance, the estimate and the next latents.
        "combine": 4 + 1 + 1 + 1 + 1,
        // Skips, and latents for both prompts.
        "copy": 2 * skips + 2,
        // Latents, time and operands; the next latents, the output and the estimate.
        "input": 3,
        "result": 3,
      ])
  }

  @Test func aRunEndsBetweenTwoSteps() throws {
    let device = try #require(Device.sharedVulkan)
    let pipelineCase = try find("sd15/ddim")
    let pipeline = try pipelineCase.pipeline(on: device)
    var steps: [StableDiffusionPipeline.Progress.Stage] = []
    #expect(throws: Interruption.self) {
      try pipeline(try pipelineCase.requests(), pipelineCase.settings) {
        steps.append($0.stage)
        if steps.count == 4 { throw Interruption() }
      }
    }
    #expect(steps == (0..<4).map { .step($0, of: 10) })
  }
}
