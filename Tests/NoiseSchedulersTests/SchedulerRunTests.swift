import Checkpoints
import Foundation
import NoiseSchedulers
import Tensors
import Testing

/// A run of one of diffusers' schedulers, written by `tools/fixtures/schedulers.py`.
struct ReferenceRun: Decodable, CustomTestStringConvertible {
  let kind: String
  /// A `scheduler_config.json`.
  private let configuration: JSONValue
  let steps: Int
  let eta: Double
  let timesteps: [Float]
  let initialNoiseSigma: Float
  let sample: [Float]
  let nextNoise: Float

  var testDescription: String {
    "\(kind), \(steps) steps, eta \(eta), \(configuration)"
  }

  struct File: Decodable {
    let seed: UInt64
    let runs: [ReferenceRun]
  }

  static let file: File = {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Fixtures/schedulers/runs.json")
    do {
      return try JSONDecoder().decode(File.self, from: Data(contentsOf: url))
    } catch {
      preconditionFailure("\(url.path): \(error)")
    }
  }()

  func plan() throws -> SamplingPlan {
    let kind = try #require(SchedulerKind(rawValue: kind))
    let configuration = try SchedulerConfiguration(
      json: JSONEncoder().encode(configuration), location: "runs.json")
    return try Scheduler(configuration: configuration, kind: kind).plan(steps: steps, eta: eta)
  }
}

@Suite struct SchedulerRunTests {
  /// A number that both sides compute in double precision and round: a few units of 2⁻²⁴.
  private static let oneNumber = 1e-6
  /// All steps of a run in single precision, in another order of operations than diffusers'.
  private static let wholeRun = 1e-5

  @Test(arguments: ReferenceRun.file.runs)
  func asksTheModelAtTheTimestepsOfDiffusers(run: ReferenceRun) throws {
    let timesteps = try run.plan().steps.map(\.timestep)
    if timesteps.allSatisfy({ $0 == $0.rounded() }) {
      #expect(timesteps == run.timesteps)
    } else {
      // Between two training timesteps the last bits depend on numpy's own logarithm.
      #expect(relativeDistance(timesteps, run.timesteps) < Self.oneNumber)
    }
  }

  @Test(arguments: ReferenceRun.file.runs)
  func endsAtTheSampleOfDiffusers(run: ReferenceRun) throws {
    let plan = try run.plan()
    var generator = TorchGenerator(seed: ReferenceRun.file.seed)
    let sample = sampling(plan, count: run.sample.count, noise: &generator)
    #expect(
      relativeDistance([plan.initialNoiseSigma], [run.initialNoiseSigma]) < Self.oneNumber)
    #expect(relativeDistance(sample, run.sample) < Self.wholeRun)
    #expect(generator.normal(count: 1) == [run.nextNoise], "another amount of noise was drawn")
  }

  /// The loop that ``SamplingPlan`` describes, with the fixture's toy model.
  private func sampling(
    _ plan: SamplingPlan, count: Int, noise generator: inout TorchGenerator
  ) -> [Float] {
    var x = generator.normal(count: count).map { $0 * plan.initialNoiseSigma }
    var previous = [Float](repeating: 0, count: count)
    var outputs: [[Float]] = []
    for step in plan.steps {
      let output = toyModel(x.map { $0 * step.inputScale }, at: step.timestep)
      let noise =
        step.needsNoise ? generator.normal(count: count) : [Float](repeating: 0, count: count)
      let limit = step.denoised.clip ?? .infinity
      let denoised = x.indices.map { i in
        let sum = step.denoised.sample * x[i] + step.denoised.modelOutput * output[i]
        return min(max(sum, -limit), limit)
      }
      let next = step.next
      x = x.indices.map { i in
        let estimates = next.denoised * denoised[i] + next.previousDenoised * previous[i]
        let older = zip(next.previousModelOutputs, outputs).map { $0 * $1[i] }.reduce(0, +)
        return next.sample * x[i] + next.modelOutput * output[i] + estimates + older
          + next.noise * noise[i]
      }
      previous = denoised
      outputs.insert(output, at: 0)
    }
    return x
  }

  private func toyModel(_ sample: [Float], at timestep: Float) -> [Float] {
    sample.enumerated().map { index, value in
      0.4 * value + (0.2 + timestep / 2000) * cosf(Float(index))
    }
  }

  /// ‖a − b‖ / ‖b‖, infinite when the lengths differ.
  private func relativeDistance(_ a: [Float], _ b: [Float]) -> Double {
    guard a.count == b.count else { return .infinity }
    let difference = zip(a, b).map { Double($0) - Double($1) }
    return norm(difference) / norm(b.map { Double($0) })
  }

  private func norm(_ values: [Double]) -> Double {
    values.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}
