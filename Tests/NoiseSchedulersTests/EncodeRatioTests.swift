import Faults
import NoiseSchedulers
import Testing

/// Encode ratios as in ScribbleGen's code: `numpy.linspace(0, 1000 λ, S + 1)[:-1] + 1`, and a start at ⌊999 λ⌋.
@Suite struct EncodeRatioTests {
  private func scheduler(
    _ kind: SchedulerKind = .ddim, timesteps: Int? = nil
  ) throws -> Scheduler {
    var configuration = SchedulerConfiguration()
    (configuration.betaSchedule, configuration.betaStart, configuration.betaEnd) = (
      .scaledLinear, 0.00085, 0.012
    )
    configuration.clipSample = false
    return try Scheduler(configuration: configuration, kind: kind)
  }

  /// What NumPy gives for the ratios of the paper.
  @Test(arguments: [
    (0.1, 50, [1, 3, 5, 7], 99), (0.2, 50, [1, 5, 9, 13], 197), (0.5, 50, [1, 11, 21, 31], 491),
    (0.6, 50, [1, 13, 25, 37], 589), (0.7, 50, [1, 15, 29, 43], 687),
    (0.8, 50, [1, 17, 33, 49], 785), (0.9, 50, [1, 19, 37, 55], 883),
    (1.0, 50, [1, 21, 41, 61], 981), (0.7, 30, [1, 24, 47, 71], 677),
    (0.05, 50, [1, 2, 3, 4], 50),
  ])
  func timestepsAreThePublished(ratio: Double, steps: Int, first: [Int], last: Int) throws {
    let plan = try scheduler().plan(steps: steps, encodeRatio: ratio)
    let timesteps = plan.steps.map { Int($0.timestep) }
    #expect(timesteps.count == steps && plan.askedSteps == steps, "all steps are taken")
    #expect(Array(timesteps.reversed().prefix(4)) == first && timesteps[0] == last)
    #expect(timesteps == timesteps.sorted(by: >) && !plan.needsNoise)
  }

  @Test(arguments: [(0.1, 99), (0.5, 499), (0.6, 599), (0.7, 699), (0.9, 899), (1.0, 999)])
  func theStartIsAtThePublishedTimestep(ratio: Double, timestep: Int) throws {
    let plan = try scheduler().plan(steps: 50, encodeRatio: ratio)
    // Of a linear schedule in the roots: the product of 1 − β up to the timestep.
    let product = (0...timestep).reduce(1.0) { product, index in
      let (start, end) = (Float(0.00085).squareRoot(), Float(0.012).squareRoot())
      let root = Double(start) + Double(end - start) * Double(index) / 999
      return product * (1 - root * root)
    }
    #expect(abs(Double(plan.imageStart.signal) - product.squareRoot()) < 1e-4)
    #expect(abs(Double(plan.imageStart.noise) - (1 - product).squareRoot()) < 1e-4)
  }

  @Test(arguments: [(0.049, 50), (0, 50), (1.01, 50), (.nan, 50), (0.5, 0), (-0.5, 50)])
  func refusesRatiosThatLeaveTooFewTimesteps(ratio: Double, steps: Int) throws {
    let error = try #require(throws: SchedulerError.self) {
      try scheduler().plan(steps: steps, encodeRatio: ratio)
    }
    #expect(error.kind == .request && error.description.contains("at least one timestep"))
    #expect(error.remedies == [Remedy(.encodeRatio), Remedy(.steps)])
  }

  @Test func isForDDIMAlone() throws {
    let error = try #require(throws: SchedulerError.self) {
      try scheduler(.euler).plan(steps: 50, encodeRatio: 0.5)
    }
    #expect(error.remedies == [Remedy(.scheduler, ["ddim"])])
  }
}
