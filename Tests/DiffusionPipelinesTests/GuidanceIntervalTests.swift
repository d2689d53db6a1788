import DiffusionPipelines
import Faults
import Foundation
import Tensors
import TestSupport
import Testing
import VulkanBackend

/// Guidance in some of the steps alone.
@Suite struct GuidanceIntervalTests {
  private static let cases = PipelineCase.ofLessWork.filter { $0.name.hasPrefix("interval") }

  private func latents(
    _ pipelineCase: PipelineCase, on device: Device = .sharedCPU, _ interval: StepRange?
  ) throws -> [LatentArray] {
    try pipelineCase.latents(on: device) { $0.guidanceInterval = interval }
  }

  @Test(arguments: PipelineCase.onBackends(cases))
  func paintsWhatDiffusersPaints(_ pipelineCase: PipelineCase, on device: Device) throws {
    try pipelineCase.expectLatents(
      try latents(pipelineCase, on: device, pipelineCase.settings.guidanceInterval))
  }

  @Test(arguments: cases)
  func anIntervalOfAllStepsIsNone(_ pipelineCase: PipelineCase) throws {
    #expect(try latents(pipelineCase, StepRange()) == latents(pipelineCase, nil))
  }

  @Test func theBatchDoesNotMatter() throws {
    let pair = try #require(Self.cases.first { $0.name == "interval-guess-pair" })
    let (pipeline, requests) = (try pair.pipeline(on: .sharedCPU), try pair.requests())
    let together = try pipeline(requests, pair.settings).latents
    #expect(try pipeline([requests[1]], pair.settings).latents == [together[1]])
  }

  @Test(.enabled(if: Device.sharedVulkan != nil, "there is no Vulkan device"))
  func stepsWithAndWithoutGuidanceAreRecordedByThemselves() throws {
    let backend = try VulkanBackend()
    let pipelineCase = try #require(Self.cases.first { $0.name == "interval-ddim" })
    _ = try pipelineCase.pipeline(on: Device(backend))(
      try pipelineCase.requests(), pipelineCase.settings)
    #expect(backend.recordingCount == 3)
  }

  @Test(arguments: [
    (StepRange(start: 0.6, end: 0.4), Float(5), "expected shares within 0 ... 1"),
    (StepRange(start: -0.1, end: 0.4), 5, "expected shares within 0 ... 1"),
    (StepRange(start: 0.2, end: 0.8), 1, "expected a scale above 1"),
    (StepRange(start: 0.42, end: 0.58), 5, "none of 5 lies as a whole between 0.42 and 0.58"),
  ])
  func refusesWhatGuidesNothing(_ interval: StepRange, scale: Float, words: String) throws {
    let pipelineCase = Self.cases[0]
    let pipeline = try pipelineCase.pipeline(on: .sharedCPU)
    let fault = #expect(throws: PipelineError.self) {
      try pipeline.check(
        SamplingSettings(steps: 5, guidanceScale: scale, guidanceInterval: interval))
    }
    #expect(fault?.description.contains(words) == true, "\(fault as Any)")
    #expect(fault?.remedies.contains(Remedy(.guidanceInterval)) == true)
  }

  /// Ledgers of runs without one stay as they are.
  @Test func noIntervalIsNotWritten() throws {
    let written = String(decoding: try JSONEncoder().encode(SamplingSettings()), as: UTF8.self)
    #expect(!written.contains("guidanceInterval"))
    #expect(
      try JSONDecoder().decode(SamplingSettings.self, from: Data(written.utf8))
        == SamplingSettings())
  }
}
