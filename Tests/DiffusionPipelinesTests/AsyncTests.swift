import DiffusionPipelines
import Foundation
import TestSupport
import Testing

/// The pipeline called from tasks.
@Suite struct AsyncTests {
  private let pipeline: StableDiffusionPipeline
  private let dog = ImageRequest(prompt: "a dog", width: 64, height: 64, seed: 3)
  private let settings = SamplingSettings(steps: 3)

  init() throws {
    pipeline = try StableDiffusionPipeline(
      folder: Fixture.url("pipelines/sd15/model"), device: .sharedCPU)
  }

  private func paintBlocking() throws -> StableDiffusionPipeline.Output {
    try pipeline([dog], settings)
  }

  @Test func paintsTheSame() async throws {
    let output = try await pipeline([dog], settings)
    let expected = try paintBlocking()
    #expect(output.latents == expected.latents && output.images == expected.images)
  }

  /// The thread that paints waits for the actor that asked for the image, which must not wait for it.
  @Test @MainActor func theCallersActorIsFreeMeanwhile() async throws {
    _ = try await pipeline([dog], settings) { _ in
      let isFree = DispatchSemaphore(value: 0)
      Task { @MainActor in isFree.signal() }
      #expect(isFree.wait(timeout: .now() + 60) == .success)
    }
  }

  @Test func aCancelledTaskEndsBetweenTwoSteps() async {
    let steps = Counter()
    let (pipeline, dog, settings) = (pipeline, dog, settings)
    let painting = Task {
      try await pipeline([dog], settings) { progress in
        steps.count()
        if progress.stage == .step(1, of: 3) { withUnsafeCurrentTask { $0?.cancel() } }
      }
    }
    await #expect(throws: CancellationError.self) { try await painting.value }
    #expect(steps.value == 2)
  }

  @Test func whatProgressThrowsEndsTheWork() async {
    struct Stop: Error {}
    await #expect(throws: Stop.self) {
      try await pipeline([dog], settings) { _ in throw Stop() }
    }
  }
}
