import CPUBackend
import Checkpoints
import DiffusionModels
import Foundation
import NeuralLayers
import Tensors
import TestSupport
import Testing

/// What a guided step asks of a device, counted on the full-size network of Stable Diffusion 1.5.
@Suite struct UNetWorkTests {
  private let resnets = 4 * 2 + 2 + 4 * 3
  private let transformers = 3 * 2 + 1 + 3 * 3
  /// Residual blocks on the way up, each of which takes a skip.
  private let skips = 4 * 3

  private func step(isPromptProjected: Bool) throws -> DeviceWork {
    try DeviceWork { device in
      let unet = try UNet2DConditionModel(Parameters(SyntheticParameters(), device: device), .sd15)
      let sample = Tensor(repeating: 0, [2, 64, 64, 4], on: device)
      let prompt = Tensor(repeating: 0, [2, 77, 768], on: device)
      let context = unet.project(encoderHiddenStates: prompt)
      return {
        _ =
          isPromptProjected
          ? unet(sample, timestep: 500, UNetConditions(context))
          : unet(
            sample, timestep: 500, UNetConditions(unet.project(encoderHiddenStates: prompt)))
      }
    }
  }

  @Test func aStepDispatchesNothingButItsLayers() throws {
    let step = try step(isPromptProjected: true)
    // Shortcuts: wherever the channels change, which is twice on the way down and always on the way up.
    let convolutions = 2 + 2 * resnets + (2 + skips) + 3 + 3
    // Time: two layers and one a residual block. A transformer: in and out, four and two of its
    // attentions; the second of its feed-forward network, whose first one has a gate.
    let linears = 2 + resnets + transformers * (2 + 4 + 2 + 1)
    #expect(
      step.dispatches == [
        "conv2D": convolutions + linears,
        "attention": 2 * transformers,
        "groupNorm": 2 * resnets + transformers + 1,
        "layerNorm": 3 * transformers,
        "gatedMatmul": transformers,
        "map": 1,
        "copy": 2 * skips,
      ])
  }

  @Test func aStepTakesNoMemoryWhereAResultCanReplaceItsInput() throws {
    let step = try step(isPromptProjected: true)
    let results = step.dispatches.values.reduce(0, +) - skips
    // The second norm of every residual block, the first behind a concatenation, the last one.
    let replacing = resnets + skips + 1
    let timesteps = 1
    #expect(step.allocations == timesteps + results - replacing)
  }

  @Test func keysAndValuesOfThePromptAreNoPartOfAStep() throws {
    let (alone, whole) = (
      try step(isPromptProjected: true), try step(isPromptProjected: false)
    )
    let saved = try #require(whole.dispatches["conv2D"]) - (alone.dispatches["conv2D"] ?? 0)
    #expect(saved == 2 * transformers)
  }

  @Test func aSecondStepTakesNoMemoryFromTheSystem() throws {
    // A second thread might hold the last job, and its memory, for a moment after it is done.
    let backend = CPUBackend(threads: 1)
    let device = Device(backend)
    let config = try Fixture("models/unet_sd15").metadata["config"]
    let unet = try UNet2DConditionModel(
      Parameters(SyntheticParameters(), device: device),
      UNetConfiguration(json: Data(try #require(config).utf8), location: "unet_sd15"))
    let sample = Tensor.normal([2, 16, 16, 4], seed: 1, on: device)
    let prompt = Tensor.normal(
      [2, 7, unet.configuration.crossAttentionDim[0]], seed: 2, on: device)
    let context = unet.project(encoderHiddenStates: prompt)
    let counts = (0..<3).map { _ in
      _ = unet(sample, timestep: 500, UNetConditions(context))
      return backend.memory.freshBlockCount
    }
    #expect(counts[0] > 0)
    #expect(counts[1] == counts[0])
    #expect(counts[2] == counts[0])
  }
}
