import Checkpoints
import Foundation
import ImageFiles
import ImageSegmentation
import LanguageModels
import NeuralLayers
import Tensors
import TestSupport
import Testing
import VisionModels

/// What networks that predict masks make of them.
@Suite struct MaskSegmenterTests {
  /// As the fixture's script has it.
  struct Expected: Decodable {
    let classID: Int
    let score: Float
    let counts: String
    let area: Int
    let bounds: [Int]
  }

  static let processor = #"{"size": {"shortest_edge": 32, "longest_edge": 64}, "size_divisor": 4}"#

  private static func mask2Former(_ network: String) throws -> TemporaryFolder {
    try SegmenterTests.folder(
      Mask2FormerForUniversalSegmentation.self, network, processor: processor)
  }

  /// With the tokenizer that the fixture's script took.
  private static func oneFormer() throws -> TemporaryFolder {
    let folder = try SegmenterTests.folder(
      OneFormerForUniversalSegmentation.self, "oneformer",
      processor:
        #"{"size": {"shortest_edge": 32, "longest_edge": 64}, "class_info_file": "ade20k.json"}"#)
    let tokenizer = Fixture.url("pipelines/sd15/model/tokenizer")
    for name in try FileManager.default.contentsOfDirectory(atPath: tokenizer.path) {
      try FileManager.default.copyItem(
        at: tokenizer.appending(path: name), to: folder.appending(name))
    }
    return folder
  }

  private static func open(_ network: String, on device: Device = .sharedCPU) throws
    -> any InstanceSegmenter
  {
    let folder = try network == "oneformer" ? oneFormer() : mask2Former(network)
    return try SegmenterCatalogue.openInstances(ModelFolder(folder.url), device: device)
  }

  @Test(arguments: ["mask2former", "oneformer"], Device.backendsUnderTest)
  func findsTheClassesThatTransformersFinds(network: String, device: Device) throws {
    let segmenter = try Self.open(network, on: device)
    #expect(segmenter.classes == ["wall", "sky", "tree", "road", "dog"])
    let scene = try Image(contentsOf: Fixture.url("annotators/scene.png"))
    let labels = try segmenter(scene)
    let expected = try Fixture("models/" + network).bytes("labels")
    #expect(labels.size == scene.size && labels.classes.count > 1)
    // Where two classes are as good as each other, roundings decide.
    let different = zip(labels.ids, expected).count { $0 != $1 }
    #expect(different <= expected.count / 2000, "\(different) of \(expected.count)")
  }

  @Test(arguments: ["mask2former", "mask2former_resnet", "oneformer"])
  func findsTheInstancesThatTransformersFinds(network: String) throws {
    let metadata = try Fixture("models/" + network).metadata["instances"] ?? ""
    let expected = try JSONDecoder().decode([Expected].self, from: Data(metadata.utf8))
    let scene = try Image(contentsOf: Fixture.url("annotators/scene.png"))
    let found = try Self.open(network).instances(of: scene, threshold: 0.5)
    #expect(found.count == expected.count && !found.isEmpty)
    for (instance, wanted) in zip(found, expected) {
      #expect(instance.classID == wanted.classID)
      #expect(abs(instance.score - wanted.score) < 1e-5)
      #expect(instance.mask.area == wanted.area)
      let box = instance.mask.bounds
      #expect([box.x, box.y, box.width, box.height] == wanted.bounds)
      #expect(instance.mask.text == wanted.counts)
    }
  }

  @Test func leavesOutWhatIsNotSureEnough() throws {
    let scene = try Image(contentsOf: Fixture.url("annotators/scene.png"))
    let segmenter = try Self.open("mask2former")
    let all = try segmenter.instances(of: scene, threshold: 0)
    #expect(all.count > 2 && all.map(\.score) == all.map(\.score).sorted(by: >))
    let some = try segmenter.instances(of: scene, threshold: all[1].score)
    #expect(some.count == 2)
    #expect(try segmenter.instances(of: scene, threshold: 0.999).isEmpty)
  }

  @Test func wantsATokenizerForTheTask() throws {
    let folder = try Self.oneFormer()
    for name in ["tokenizer.json", "vocab.json", "merges.txt"] {
      try? FileManager.default.removeItem(at: folder.appending(name))
    }
    #expect(throws: TokenizerError.self) {
      try SegmenterCatalogue.open(ModelFolder(folder.url), device: .sharedCPU)
    }
  }

  @Test func saysWhichSegmentersFindObjects() throws {
    let folder = try SegmenterTests.folder(
      SegformerForSemanticSegmentation.self, "segformer", processor: SegmenterTests.segformer)
    let error = try #require(throws: SegmentationError.self) {
      try SegmenterCatalogue.openInstances(ModelFolder(folder.url), device: .sharedCPU)
    }
    #expect(
      error.description.contains("but no objects. These do: Mask2FormerForUniversalSegmentation"))
  }
}
