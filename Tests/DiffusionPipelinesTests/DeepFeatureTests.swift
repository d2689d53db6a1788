import DiffusionModels
import DiffusionPipelines
import Faults
import Foundation
import Tensors
import TestSupport
import Testing
import VulkanBackend

/// Deep features that are computed in some of the steps alone.
@Suite struct DeepFeatureTests {
  private static let cases = PipelineCase.ofLessWork.filter { $0.name.hasPrefix("deep") }

  private func latents(
    _ pipelineCase: PipelineCase, on device: Device = .sharedCPU, every interval: Int?
  ) throws -> [LatentArray] {
    try pipelineCase.latents(on: device) { $0.deepFeatureInterval = interval }
  }

  @Test(arguments: PipelineCase.onBackends(cases))
  func paintsWhatTheFirstBranchDoes(_ pipelineCase: PipelineCase, on device: Device) throws {
    try pipelineCase.expectLatents(
      try latents(pipelineCase, on: device, every: pipelineCase.deepFeatureInterval))
  }

  @Test(arguments: cases)
  func everyStepIsEveryStep(_ pipelineCase: PipelineCase) throws {
    #expect(try latents(pipelineCase, every: 1) == latents(pipelineCase, every: nil))
  }

  @Test func theBatchDoesNotMatter() throws {
    let pair = try #require(Self.cases.first { $0.name == "deep-3-pair" })
    let (pipeline, requests) = (try pair.pipeline(on: .sharedCPU), try pair.requests())
    let together = try pipeline(requests, pair.settings).latents
    #expect(try pipeline([requests[1]], pair.settings).latents == [together[1]])
  }

  /// Two for each run of steps: with guidance and without, with the ControlNet and without.
  @Test(
    .enabled(if: Device.sharedVulkan != nil, "there is no Vulkan device"),
    arguments: [("deep-2", 2), ("deep-2-control", 4)])
  func twoKindsOfStepsAreRecorded(_ name: String, count: Int) throws {
    let backend = try VulkanBackend()
    let pipelineCase = try #require(Self.cases.first { $0.testDescription == "sd15/\(name)" })
    _ = try pipelineCase.pipeline(on: Device(backend))(
      try pipelineCase.requests(), pipelineCase.settings)
    #expect(backend.recordingCount == count)
  }

  /// Whoever looks inside sees a whole network, and nothing changes but for that.
  @Test func aProbedStepComputesAll() throws {
    let pipelineCase = try #require(Self.cases.first)
    let pipeline = try pipelineCase.pipeline(on: .sharedCPU)
    var steps: [Int] = []
    _ = try pipeline(
      try pipelineCase.requests(), pipelineCase.settings,
      probe: StepProbe([.features(.middle)], steps: StepRange(start: 0.5)) { step, seen in
        steps.append(step)
        #expect(seen.count == 1)
      })
    #expect(steps == Array(5..<10))
  }

  @Test func refusesNone() throws {
    let pipeline = try Self.cases[0].pipeline(on: .sharedCPU)
    let fault = #expect(throws: PipelineError.self) {
      try pipeline.check(SamplingSettings(steps: 5, deepFeatureInterval: 0))
    }
    #expect(fault?.remedies == [Remedy(.deepFeatureInterval)])
  }
}
