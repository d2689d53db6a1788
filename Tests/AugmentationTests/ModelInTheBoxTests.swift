import Augmentation
import DiffusionPipelines
import Foundation
import ImageAnnotation
import ImageFiles
import SegmentationDatasets
import Tensors
import TestSupport
import Testing

/// The trained model and the demo dataset in `Weights`, as `make demo` uses them.
@Suite struct ModelInTheBoxTests {
  private static let weights = Fixture.url("../../Weights").standardizedFileURL
  private static let demo = weights.appending(path: "demo")
  private static let model = weights.appending(path: "littleworld")

  private func pipeline(
    adapter: String = "label", on device: Device = .sharedCPU
  ) throws -> StableDiffusionPipeline {
    try StableDiffusionPipeline(
      folder: Self.model, controls: [Self.model.appending(path: "adapters/\(adapter)")],
      device: device)
  }

  @Test(arguments: ["canny", "lineart", "label"]) func hasAnAdapterForEveryPrior(
    kind: String
  ) throws {
    _ = try pipeline(adapter: kind)
  }

  @Test func drawsTheLinesOfAScene() throws {
    let annotator = try LineArtDetector(
      at: Self.model.appending(path: "lineart"), device: .sharedCPU)
    let dataset = try SegmentationDataset(root: Self.demo, split: "train")
    let scenes = try dataset.entries.prefix(2).map { try dataset.load($0) }
    let lines = try scenes.map { try annotator($0.image) }
    let (own, other) = (
      share(of: scenes[0].mask.edges(), near: lines[0]),
      share(of: scenes[0].mask.edges(), near: lines[1])
    )
    #expect(own > 0.6 && own > other + 0.3)
  }

  @Test func theDemoDatasetIsValidAndUneven() throws {
    let dataset = try SegmentationDataset(root: Self.demo, split: "train")
    #expect(dataset.entries.count == 60)
    let captions = try Captions(contentsOf: Self.demo.appending(path: "captions.jsonl"))
    #expect(Set(captions.byStem.keys) == Set(dataset.entries.map(\.stem)))

    let known = Set(0...UInt8(20)).union(ClassList.voc.ignored)
    let classSets = try dataset.entries.map { entry in
      let loaded = try dataset.load(entry)
      let (photograph, mask) = (loaded.image, loaded.mask)
      #expect(photograph.size == ImageSize(width: 96, height: 96))
      #expect(Set(mask.ids).isSubset(of: known) && mask.palette == Palette.voc)
      return mask.classes
    }
    let counts = DatasetStatistics(of: classSets, classes: dataset.classes).imagesPerClass.values
      .filter { $0 > 0 }
    #expect(counts.count >= 10)
    #expect(try #require(counts.max()) >= 10 * #require(counts.min()))
  }

  @Test(arguments: Device.backendsUnderTest)
  func paintsWhatDiffusersPaints(on device: Device) throws {
    let expected = try Fixture("littleworld/expected", on: device)
    var request = try Self.request(expected)
    request.controlImages = [try Self.image("guide", of: expected)]
    try Self.expect(pipeline(on: device), request, paints: "picture", of: expected)
  }

  @Test func paintsAlongLabelsWhatDiffusersPaints() throws {
    let expected = try Fixture("littleworld/expected")
    let pipeline = try StableDiffusionPipeline(
      folder: Self.model, controls: [Self.model.appending(path: "controlnets/label")],
      device: .sharedCPU)
    var request = try Self.request(expected)
    request.controlImages = [try Self.image("colours", of: expected)]
    try Self.expect(pipeline, request, paints: "controlled", of: expected)
  }

  @Test func repaintsWhatDiffusersRepaints() throws {
    let expected = try Fixture("littleworld/expected")
    let pipeline = try StableDiffusionPipeline(
      folder: Self.weights.appending(path: "littleworld-inpainting"), device: .sharedCPU)
    var request = try Self.request(expected)
    request.image = try Self.image("scene", of: expected)
    request.mask = try Self.image("hole", of: expected)
    try Self.expect(pipeline, request, paints: "repainted", of: expected)
  }

  private static func request(_ expected: Fixture) throws -> ImageRequest {
    ImageRequest(
      prompt: try #require(expected.metadata["prompt"]), width: 96, height: 96,
      seed: try #require(expected.metadata["seed"].flatMap { UInt64($0) }))
  }

  private static func image(_ name: String, of expected: Fixture) throws -> Image {
    let pixels = try expected.bytes(name)
    return Image(width: 96, height: 96, channels: pixels.count / (96 * 96), pixels: pixels)
  }

  private static func expect(
    _ pipeline: StableDiffusionPipeline, _ request: ImageRequest, paints name: String,
    of expected: Fixture
  ) throws {
    let settings = SamplingSettings(
      steps: try #require(expected.metadata["steps"].flatMap { Int($0) }),
      guidanceScale: try #require(expected.metadata["guidance"].flatMap { Float($0) }))
    let pixels = try #require(try pipeline([request], settings).images.first).pixels
    let wanted = try image(name, of: expected).pixels
    #expect(pixels.count == wanted.count)
    let furthest = zip(pixels, wanted).map { abs(Int($0) - Int($1)) }.max()
    #expect(furthest ?? 255 <= 1)
  }

  /// How much of the labels' outlines is an edge of the painted images too.
  @Test func theAdapterKeepsPicturesToTheLabels() throws {
    let dataset = try SegmentationDataset(root: Self.demo, split: "train")
    let captions = try Captions(contentsOf: Self.demo.appending(path: "captions.jsonl"))
    var settings = AugmentationSettings()
    settings.copies = 1
    let plan = try AugmentationPlan(dataset: dataset, captions: captions, settings: settings)
    let sources = try plan.pictures.prefix(8).map {
      (
        prompt: $0.prompt,
        outline: try dataset.load(dataset.entries[try #require($0.source)]).mask.edges()
      )
    }
    let pipeline = try pipeline()
    func agreement(adapterScale: Float) throws -> Double {
      let requests = sources.map {
        ImageRequest(
          prompt: $0.prompt, width: 96, height: 96, seed: 1, controlImages: [$0.outline])
      }
      let settings = SamplingSettings(
        steps: 15, guidanceScale: 4, controls: [ControlSettings(scale: adapterScale)])
      let pictures = try pipeline(requests, settings).images
      let shares = zip(sources, pictures).map { share(of: $0.outline, near: CannyDetector()($1)) }
      return shares.reduce(0, +) / Double(shares.count)
    }
    let (without, with) = try (agreement(adapterScale: 0), agreement(adapterScale: 1))
    #expect(with > without + 0.2)
  }

  /// The share of the pixels of one outline that have a pixel of the other, at least half as bright as it
  /// can be, among their neighbours.
  private func share(of outline: Image, near edges: Image) -> Double {
    let (width, height) = (outline.width, outline.height)
    let pixels = outline.pixels.indices.filter { outline.pixels[$0] > 0 }
    let found = pixels.filter { pixel in
      let (x, y) = (pixel % width, pixel / width)
      return (max(0, y - 1)...min(height - 1, y + 1)).contains { row in
        (max(0, x - 1)...min(width - 1, x + 1)).contains { edges.pixels[row * width + $0] > 127 }
      }
    }
    return Double(found.count) / Double(pixels.count)
  }
}
