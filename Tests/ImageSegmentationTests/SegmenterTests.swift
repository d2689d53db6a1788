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
  /// A folder with a network and its processor.
  static func folder<Model: PretrainedModel>(
    _ type: Model.Type, _ name: String, processor: String
  ) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try ModelFixture<Model>(name).write(to: folder.url, adding: [:])
    try Data(processor.utf8).write(to: folder.url.appending(path: "preprocessor_config.json"))
    return folder
  }

  static let segformer = #"{"size": {"height": 64, "width": 80}, "resample": 2}"#

  @Test(arguments: Device.backendsUnderTest)
  func findsTheClassesThatTransformersFinds(device: Device) throws {
    let folder = try Self.folder(
      SegformerForSemanticSegmentation.self, "segformer", processor: Self.segformer)
    let segmenter = try SegmenterCatalogue.open(ModelFolder(folder.url), device: device)
    #expect(segmenter.classes == ["wall", "sky", "tree", "road", "dog"])
    try Self.expect(segmenter, finds: "segformer", "labels")
  }

  /// At once, and window by window.
  @Test(arguments: [
    ("deeplabv3plus", #"{"shortest_edge": 40}"#, "labels"),
    (
      "deeplabv3plus",
      #"{"shortest_edge": 40, "test_mode": "slide", "crop_size": {"height": 32, "width": 48}, "#
        + #""stride": {"height": 24, "width": 31}}"#, "slid"
    ),
    ("pspnet", #"{"shortest_edge": 40}"#, "labels"),
    ("deeplab_torchvision", #"{"shortest_edge": 41, "resampling": "pillow"}"#, "labels"),
  ])
  func findsTheClassesThatTheOriginalFinds(
    network: String, processor: String, expected: String
  ) throws {
    let folder = try Self.folder(EncoderDecoder.self, network, processor: processor)
    let segmenter = try SegmenterCatalogue.open(ModelFolder(folder.url), device: .sharedCPU)
    try Self.expect(segmenter, finds: network, expected)
  }

  private static func expect(
    _ segmenter: any Segmenter, finds fixture: String, _ name: String
  ) throws {
    let scene = try Image(contentsOf: Fixture.url("annotators/scene.png"))
    let labels = try segmenter(scene)
    let expected = try Fixture("models/" + fixture).bytes(name)
    #expect(labels.size == scene.size && labels.classes.count > 4)
    // Where two classes are as good as each other, roundings decide.
    let different = zip(labels.ids, expected).count { $0 != $1 }
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
    let folder = try Self.folder(
      SegformerForSemanticSegmentation.self, "segformer", processor: "{}")
    try FileManager.default.removeItem(
      at: folder.url.appending(path: "preprocessor_config.json"))
    #expect(throws: CheckpointError.self) {
      try SegmenterCatalogue.open(ModelFolder(folder.url), device: .sharedCPU)
    }
  }
}
