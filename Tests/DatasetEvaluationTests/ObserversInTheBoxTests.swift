import Checkpoints
import DatasetEvaluation
import Foundation
import ImageAnnotation
import ImageFiles
import ImageSegmentation
import LanguageModels
import Tensors
import TestSupport
import Testing

/// The networks in `Weights` that look at images say what transformers says of the demo dataset.
@Suite struct ObserversInTheBoxTests {
  private struct Scene: Decodable {
    let image: String
    let caption: String
    let texts: [String]
    let cosines: [Double]
    let pixels: [String: Int]
  }

  private struct Expected: Decodable {
    let scenes: [Scene]
  }

  private static let weights = Fixture.url("../../Weights").standardizedFileURL

  private let scenes: [Scene]

  init() throws {
    let data = try Data(contentsOf: Fixture.url("littleworld/observers.json"))
    scenes = try JSONDecoder().decode(Expected.self, from: data).scenes
  }

  private static func folder(_ name: String) -> URL {
    weights.appending(path: "littleworld-" + name)
  }

  private static func image(_ scene: Scene) throws -> Image {
    try Image(contentsOf: weights.appending(path: "demo/JPEGImages/\(scene.image).jpg"))
  }

  @Test func theCaptionerSaysWhatTransformersSays() throws {
    let captioner = try CaptionerCatalogue.captioner(
      at: Self.folder("captioner"), on: .sharedCPU, precision: .float32, options: CaptionOptions())
    let texts = try captioner(
      scenes.map(Self.image), seeds: scenes.map { _ in 0 }, check: {})
    #expect(texts == scenes.map(\.caption))
  }

  @Test func cosinesAreThoseOfTransformers() throws {
    let embedder = try CLIPEmbedder(ModelFolder(Self.folder("clip")), device: .sharedCPU)
    for scene in scenes {
      let image = try embedder([Self.image(scene)])[0]
      for (text, wanted) in zip(try embedder(scene.texts), scene.cosines) {
        #expect(abs(cosine(image, text) - wanted) < 1e-4)
      }
    }
  }

  /// Classes win and lose pixels at their borders by rounding.
  @Test func theSegmenterFindsWhatTransformersFinds() throws {
    let segmenter = try SegmenterCatalogue.open(
      ModelFolder(Self.folder("segmenter")), device: .sharedCPU)
    for scene in scenes {
      let histogram = try segmenter(Self.image(scene)).histogram()
      for (name, found) in zip(segmenter.classes, histogram) {
        #expect(abs(found - scene.pixels[name, default: 0]) <= 2, "\(scene.image), \(name)")
      }
    }
  }
}
