import Checkpoints
import Foundation
import ImageFiles
import ImageSegmentation
import NeuralLayers
import Tensors
import TestSupport
import Testing
import VisionModels

@Suite struct SegmenterTests {
  /// A folder as transformers writes it.
  static func folder(_ name: String, processor: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try ModelFixture<SegformerForSemanticSegmentation>(name).write(to: folder.url, adding: [:])
    try Data(processor.utf8).write(to: folder.url.appending(path: "preprocessor_config.json"))
    return folder
  }

  @Test(arguments: Device.backendsUnderTest)
  func findsTheClassesThatTransformersFinds(device: Device) throws {
    let folder = try Self.folder(
      "segformer", processor: #"{"size": {"height": 64, "width": 80}, "resample": 2}"#)
    let segmenter = try SegmenterCatalogue.open(ModelFolder(folder.url), device: device)
    #expect(segmenter.classes == ["wall", "sky", "tree", "road", "dog"])
    let scene = try Image(contentsOf: Fixture.url("annotators/scene.png"))
    let labels = try segmenter(scene)
    let expected = try Fixture("models/segformer")["labels"].floats()
    #expect(labels.size == scene.size && labels.classes.count == 5)
    // Where two classes are as good as each other, roundings decide.
    let different = zip(labels.ids, expected).count { Float($0) != $1 }
    #expect(different <= expected.count / 2000, "\(different) of \(expected.count)")
  }

  @Test func refusesAFolderOfAnotherNetwork() throws {
    let folder = try TemporaryFolder()
    try Data(#"{"architectures": ["CLIPModel"]}"#.utf8)
      .write(to: folder.url.appending(path: "config.json"))
    let error = try #require(throws: SegmentationError.self) {
      try SegmenterCatalogue.open(ModelFolder(folder.url), device: .sharedCPU)
    }
    #expect(error.description.contains("names CLIPModel, which is no segmenter"))
  }

  @Test func wantsTheProcessorOfTheNetwork() throws {
    let folder = try Self.folder("segformer", processor: "{}")
    try FileManager.default.removeItem(
      at: folder.url.appending(path: "preprocessor_config.json"))
    #expect(throws: CheckpointError.self) {
      try SegmenterCatalogue.open(ModelFolder(folder.url), device: .sharedCPU)
    }
  }
}
