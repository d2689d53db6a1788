import DiffusionModels
import DiffusionPipelines
import Foundation
import NoiseSchedulers
import Tensors
import TestSupport
import Testing

/// A sampler with controls that are no networks.
@Suite struct StepControlTests {
  /// Predicts what it is told to: a constant, and what the controls add to it.
  private struct Constant: Denoiser {
    func timeFeatures(_ timesteps: [Float], images: Int, on device: Device) -> Tensor {
      Tensor(
        timesteps.flatMap { [Float](repeating: $0, count: images) }, [timesteps.count * images, 1],
        on: device)
    }

    func unguided(images: Int) -> Constant { self }

    func callAsFunction(
      _ latents: Tensor, timeFeatures: Tensor,
      controls: [(control: any StepControl, inputs: [Tensor])], sights: [UNetProbe.Sight],
      features: DeepFeatureUse
    ) -> Prediction {
      let output = controls.reduce(0 * latents) { sum, next in
        next.inputs.reduce(sum) { $0 + $1 }
      }
      return Prediction(output, seen: sights.map { _ in timeFeatures })
    }
  }

  /// Replaces the latents by its own number of the step, or by the seeds' noise.
  private struct Replacement: StepControl {
    var steps = StepRange()
    var drawsNoise = false

    func inputs(for step: Int, of plan: SamplingPlan, noise: () -> Tensor) -> [Tensor] {
      [
        drawsNoise
          ? noise() : Tensor(repeating: plan.steps[step].timestep, [1, 2, 2, 4], on: .sharedCPU)
      ]
    }

    func finish(_ next: Tensor, _ inputs: [Tensor]) -> Tensor { 0 * next + inputs[0] }
  }

  private func sampling(_ controls: [any StepControl], steps: Int = 4) throws -> Sampling<Constant>
  {
    let scheduler = try Scheduler(
      configuration: SchedulerConfiguration(
        json: Data(#"{"_class_name": "DDIMScheduler", "clip_sample": false}"#.utf8),
        location: "test"))
    return Sampling(
      plan: try scheduler.plan(steps: steps), model: Constant(), controls: controls,
      progress: { _ in })
  }

  private func walk(_ sampling: Sampling<Constant>, seed: UInt64 = 0) throws -> [Float] {
    var sources = [NoiseSource(seed: seed)]
    return try sampling(
      from: Tensor(repeating: 1, [1, 2, 2, 4], on: .sharedCPU), sources: &sources
    ).floats()
  }

  @Test func aControlTakesPartInItsRangeOfSteps() throws {
    let first = Replacement(steps: StepRange(end: 0.5))
    let middle = Replacement(steps: StepRange(start: 0.25, end: 0.75))
    let runs = try sampling([first, middle]).runs
    #expect(runs.map(\.controls) == [[0], [0, 1], [1], []])
    #expect(runs.map(\.steps) == [0..<1, 1..<2, 2..<3, 3..<4])
    #expect(try sampling([]).runs.map(\.steps) == [0..<4])
  }

  /// As Python rounds, for every share that is written with two digits.
  @Test func rangesEndWhereDiffusersEndsThem() {
    for percent in 0...100 {
      let range = StepRange(end: Double(percent) / 100)
      for steps in [1, 7, 10, 30, 50, 100] {
        let active = (0..<steps).filter { range.contains($0, of: steps) }
        #expect(active == Array(0..<steps * percent / 100))
      }
    }
  }

  /// `int(steps * share)` in Python: a product may be a little less than it is on paper.
  @Test(arguments: [(0.29, 100, 28), (0.57, 100, 56), (0.3, 10, 3), (0.19, 10, 1), (1, 30, 30)])
  func countsStepsAsPythonDoes(end: Double, steps: Int, count: Int) {
    let range = StepRange(end: end)
    #expect((0..<steps).filter { range.countsIn($0, of: steps) } == Array(0..<count))
  }

  @Test func theLastWordIsTheControls() throws {
    let plan = try sampling([]).plan
    let last = try #require(plan.steps.last)
    #expect(try walk(sampling([Replacement()])) == [Float](repeating: last.timestep, count: 16))
    // Of two, the second.
    let noisy = try walk(sampling([Replacement(), Replacement(drawsNoise: true)]), seed: 3)
    #expect(Set(noisy).count == 16)
  }

  @Test func freshNoiseComesFromTheSeedsStepByStep() throws {
    var generator = TorchGenerator(seed: 3)
    let draws = (0..<4).map { _ in generator.normal(count: 16) }
    let latents = try walk(sampling([Replacement(drawsNoise: true)]), seed: 3)
    let expected = LatentArray(draws[3], [1, 4, 2, 2]).tensor(on: .sharedCPU).floats()
    #expect(latents == expected)
  }

  @Test func inputsReachTheNetwork() throws {
    #expect(try walk(sampling([])) != walk(sampling([Adding()])))
  }

  private struct Adding: StepControl {
    var steps: StepRange { StepRange() }
    func inputs(for step: Int, of plan: SamplingPlan, noise: () -> Tensor) -> [Tensor] {
      [Tensor(repeating: 0.1, [1, 2, 2, 4], on: .sharedCPU)]
    }
  }
}

/// Answers weighed over branches.
@Suite struct GuidanceTests {
  private func branch(_ weight: Float, _ values: [Float]) -> Guidance.Branch {
    Guidance.Branch(
      weight: weight,
      prompts: values.map {
        PromptEmbedding(context: Tensor(repeating: $0, [1, 1, 1], on: .sharedCPU), pooled: nil)
      }, timeIDs: [])
  }

  @Test func threeBranchesAreAWeightedSum() {
    let guidance = Guidance(branches: [
      branch(-2, [1, 2]), branch(1.5, [3, 4]), branch(1.5, [5, 6]),
    ])
    #expect(guidance.context.floats() == [1, 2, 3, 4, 5, 6])
    let sample = Tensor([7, 8] as [Float], [2, 1], on: .sharedCPU)
    #expect(guidance.repeated(sample).floats() == [7, 8, 7, 8, 7, 8])
    let combined = guidance.combined(guidance.context)
    #expect(combined.floats() == [10, 11])
    #expect(combined.shape == [2, 1, 1])
  }

  @Test func oneBranchIsItsAnswer() {
    let guidance = Guidance(branches: [branch(1, [3])])
    #expect(guidance.combined(guidance.context).floats() == [3])
  }
}
