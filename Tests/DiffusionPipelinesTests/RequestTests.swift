import Checkpoints
import DiffusionPipelines
import Faults
import Foundation
import ImageFiles
import Tensors
import TestSupport
import Testing

@Suite struct RequestTests {
  private let pipeline: StableDiffusionPipeline
  private let settings = SamplingSettings(steps: 2)

  init() throws {
    pipeline = try StableDiffusionPipeline(
      folder: Fixture.url("pipelines/sd15/model"), device: .sharedCPU)
  }

  private func request(_ seed: UInt64 = 0, width: Int = 64, height: Int = 64) -> ImageRequest {
    ImageRequest(prompt: "a dog", width: width, height: height, seed: seed)
  }

  private func fault(_ requests: [ImageRequest]) -> PipelineError? {
    #expect(throws: PipelineError.self) { try pipeline(requests, settings) }
  }

  @Test func aPictureDoesNotDependOnItsBatch() throws {
    let together = try pipeline([request(1), request(2), request(3)], settings)
    let alone = try pipeline([request(2)], settings)
    #expect(together.latents[1] == alone.latents[0])
    #expect(together.images[1] == alone.images[0])
    #expect(together.images[0] != alone.images[0])
  }

  @Test func refusesSizesBetweenTheModelsSteps() {
    let error = fault([request(width: 68)])
    #expect(error?.kind == .request)
    #expect(error?.description.contains("multiple of 8") == true)
    #expect(error?.description.contains("nearest is 72") == true)
    #expect(fault([request(width: 0)]) != nil)
    #expect(fault([request(height: -8)]) != nil)
  }

  @Test func refusesBatchesOfSeveralSizesAndEmptyOnes() {
    #expect(fault([request(), request(width: 72)])?.description.contains("one size") == true)
    #expect(fault([])?.description.contains("empty") == true)
  }

  @Test func refusesControlImagesWithoutControlNetworks() {
    var guided = request()
    guided.controlImages = [Image(width: 64, height: 64, channels: 1, fill: 0)]
    #expect(
      fault([guided])?.description.contains("1 control images for 0 control networks") == true)
  }

  @Test func refusesImagesThatNothingStartsFromAndStartsWithoutThem() {
    var pictured = request()
    pictured.image = Image(width: 32, height: 32, channels: 3, fill: 9)
    #expect(fault([pictured])?.description.contains("starts from noise") == true)
    var starting = settings
    starting.start = .image(strength: 0.5)
    let missing = #expect(throws: PipelineError.self) { try pipeline([request()], starting) }
    #expect(missing?.description.contains("a request has none") == true)
    for strength in [0, 0.4, 1.1, -1, .nan] as [Double] {
      starting.start = .image(strength: strength)
      let error = #expect(throws: PipelineError.self) { try pipeline([pictured], starting) }
      #expect(error?.kind == .request && error?.remedies == [Remedy(.steps)])
    }
  }

  @Test func refusesInitialLatentsOfAnotherShape() {
    var started = request()
    started.initialLatents = LatentArray([Float](repeating: 0, count: 4 * 8 * 9), [1, 4, 8, 9])
    #expect(fault([started])?.description.contains("[1, 4, 8, 8]") == true)
  }

  @Test func startsFromGivenNoise() throws {
    var generator = TorchGenerator(seed: 5)
    var started = request(99)
    started.initialLatents = LatentArray(generator.normal(count: 4 * 8 * 8), [1, 4, 8, 8])
    let output = try pipeline([started], settings)
    #expect(try output.latents == pipeline([request(5)], settings).latents)
  }

  @Test func tilesThePicturesThatAreLargerThanATileWhenAsked() throws {
    var tiled = settings
    tiled.tilesAutoencoder = true
    // A tile of this model has 64 pixels a side.
    for (width, isLarger) in [(64, false), (72, true)] {
      let whole = try pipeline([request(width: width)], settings)
      let inTiles = try pipeline([request(width: width)], tiled)
      #expect(whole.latents == inTiles.latents)
      #expect((whole.images != inTiles.images) == isLarger)
    }
  }

  @Test func endsWhenProgressThrows() {
    struct Stop: Error {}
    var steps: [StableDiffusionPipeline.Progress.Stage] = []
    #expect(throws: Stop.self) {
      try pipeline([request()], settings) { progress in
        steps.append(progress.stage)
        if progress.stage == .step(1, of: 2) { throw Stop() }
      }
    }
    #expect(steps == [.step(0, of: 2), .step(1, of: 2)])
  }

  @Test func reportsEveryStepAndTheDecoding() throws {
    var steps: [StableDiffusionPipeline.Progress.Stage] = []
    _ = try pipeline([request()], settings) { steps.append($0.stage) }
    #expect(steps == [.step(0, of: 2), .step(1, of: 2), .step(2, of: 2), .decoding])
  }

  @Test func namesThePartOfAPromptThatIsNotRead() {
    #expect(pipeline.unreadPart(of: "a dog") == nil)
    let long = Array(repeating: "dog", count: 80).joined(separator: " ") + " zebra"
    #expect(pipeline.unreadPart(of: long)?.hasSuffix("zebra") == true)
  }

  @Test func latentsThatAreNotFiniteAreAnErrorAndNoPicture() {
    var wild = request()
    wild.initialLatents = LatentArray([Float](repeating: .nan, count: 4 * 8 * 8), [1, 4, 8, 8])
    let error = fault([wild])
    #expect(error?.kind == .degenerate)
    #expect(error?.description.contains("not finite") == true)
  }
}
