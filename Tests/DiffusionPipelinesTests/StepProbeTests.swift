import DiffusionModels
import DiffusionPipelines
import Tensors
import TestSupport
import Testing

/// What is seen of a run, and that looking changes nothing.
@Suite struct StepProbeTests {
  @Test(arguments: Device.backendsUnderTest)
  func seesStepsOfItsRangeAndChangesNothing(device: Device) throws {
    let pipelineCase = try #require(
      PipelineCase.all.first { $0.testDescription == "sd15/euler-a-pair" })
    let pipeline = try pipelineCase.pipeline(on: device)
    let plain = try pipeline(try pipelineCase.requests(), pipelineCase.settings)

    var steps: [Int] = []
    var maps: [[Float]] = []
    let probe = StepProbe(
      [.crossAttention(.up(1), block: 0), .features(.middle)],
      steps: StepRange(start: 0.2, end: 0.5)
    ) { step, seen in
      steps.append(step)
      // Two images, each with its negative prompt.
      #expect(seen[0].shape[0] == 4 && seen[0].shape[2] == 77 && seen[1].shape[0] == 4)
      maps.append(seen[0].floats())
      for row in 0..<4 {
        let sum = maps[maps.count - 1][row * 77..<(row + 1) * 77].reduce(0, +)
        #expect(abs(sum - 1) < 1e-4)
      }
    }
    let watched = try pipeline(
      try pipelineCase.requests(), pipelineCase.settings, probe: probe)
    #expect(steps == [2, 3, 4])
    #expect(maps[0] != maps[1])
    #expect(watched.latents == plain.latents)
  }

  @Test func whatItThrowsEndsTheRun() throws {
    struct Stop: Error {}
    let pipelineCase = try #require(PipelineCase.all.first { $0.testDescription == "sd15/ddim" })
    let pipeline = try pipelineCase.pipeline(on: .sharedCPU)
    let probe = StepProbe([.features(.middle)]) { step, _ in if step == 1 { throw Stop() } }
    #expect(throws: Stop.self) {
      try pipeline(try pipelineCase.requests(), pipelineCase.settings, probe: probe)
    }
  }
}
