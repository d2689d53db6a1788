import Checkpoints
import Foundation
import ImageFiles
import NeuralLayers
import Tensors
import TestSupport
import Testing
import VisionModels

@Suite struct Mask2FormerTests {
  static let scene = Result { try Image(contentsOf: Fixture.url("annotators/scene.png")) }

  /// As the fixtures' script has it: odd maps, of which the smallest alone fills its windows.
  static var processor: MaskFormerImageProcessor {
    var processor = MaskFormerImageProcessor()
    processor.size = .edges(shortest: 32, longest: 64)
    processor.sizeDivisor = 4
    return processor
  }

  @Test(arguments: ["mask2former", "mask2former_resnet"], Device.backendsUnderTest)
  func findsWhatTransformersFinds(network: String, device: Device) throws {
    let f = try ModelFixture<Mask2FormerForUniversalSegmentation>(network, on: device)
    let output = f.model(Self.processor(try Self.scene.get(), on: device))
    func expect(_ found: [Tensor], _ name: String) {
      let expected = f.maps(name)
      #expect(found.count == expected.count)
      for (map, wanted) in zip(found, expected) { expectClose(map, wanted, within: .float32) }
    }
    expect(output.backboneMaps, "backbone")
    if network == "mask2former" { expect(output.pixelMaps, "pixel") }
    let features = try #require(output.pixelMaps.last)
    expect(output.states.map { f.model.masks(of: $0, in: features) }, "masks")
    expectClose(output.classLogits, f["classes"], within: .float32)
    expectClose(output.maskLogits, try #require(f.maps("masks").last), within: .float32)
  }

  /// What is seen in an image does not depend on those beside it.
  @Test func seesTheImagesOfABatchByThemselves() throws {
    let f = try ModelFixture<Mask2FormerForUniversalSegmentation>("mask2former")
    let image = Self.processor(try Self.scene.get(), on: .sharedCPU)
    let other = Tensor.normal(image.shape, seed: 3, on: .sharedCPU)
    let both = f.model(.stack(samples: [other, image]))
    let alone = f.model(image)
    expectClose(both.maskLogits.samples(1..<2), alone.maskLogits, within: .float32)
    expectClose(both.classLogits.samples(1..<2), alone.classLogits, within: .float32)
  }

  @Test func preparesAsTransformers() throws {
    let expected = try Fixture("models/mask2former")["pixels"].channelsLast()
    expectClose(
      Self.processor(try Self.scene.get(), on: .sharedCPU), expected, within: .float32)
  }

  @Test(arguments: [
    (600, 800, 800, 1088), (480, 640, 800, 1088), (2000, 500, 1344, 352), (800, 1333, 800, 1344),
    (100, 3, 1344, 64),
  ])
  func boundsBothSides(height: Int, width: Int, newHeight: Int, newWidth: Int) {
    let image = Image(width: width, height: height, channels: 3, fill: 0)
    let shape = MaskFormerImageProcessor()(image, on: .meta).shape
    #expect(shape == [1, newHeight, newWidth, 3])
  }

  /// As facebook's models have it, and as recent transformers writes it.
  @Test(arguments: [
    #"""
    {"_max_size": 1333, "do_normalize": true, "do_rescale": true, "do_resize": true, "ignore_index": 255,
     "image_mean": [0.48500001430511475, 0.4560000002384186, 0.4059999883174896],
     "image_processor_type": "Mask2FormerImageProcessor",
     "image_std": [0.2290000021457672, 0.2240000069141388, 0.22499999403953552], "num_labels": 150,
     "reduce_labels": true, "resample": 2, "rescale_factor": 0.00392156862745098,
     "size": {"height": 384, "width": 384}, "size_divisor": 32}
    """#,
    #"""
    {"do_reduce_labels": true, "image_processor_type": "Mask2FormerImageProcessorFast", "num_labels": 150,
     "size": {"height": 384, "width": 384}, "pad_size": null}
    """#,
  ])
  func readsOldAndNewProcessors(json: String) throws {
    let found = try MaskFormerImageProcessor(
      json: Data(json.utf8), location: "preprocessor_config.json")
    #expect(found.size == .both(height: 384, width: 384) && found.doReduceLabels)
    #expect(found.sizeDivisor == 32)
  }

  @Test(arguments: [
    (#"{"backbone_config": {"model_type": "dinat"}}"#, "dinat"),
    (#"{"backbone": "resnet50", "use_timm_backbone": true}"#, "resnet50"),
    (#"{"backbone_config": {"model_type": "swin", "depths": [2, 2]}}"#, "'depths'"),
    (#"{"backbone_config": {"model_type": "swin", "out_features": ["stage4"]}}"#, "'out_features'"),
    (#"{"backbone_config": {"model_type": "swin", "num_heads": [3, 5, 12, 24]}}"#, "'num_heads' 5"),
    (#"{"backbone_config": {"model_type": "resnet", "layer_type": "basic"}}"#, "layer_type"),
    (#"{"feature_size": 48}"#, "'feature_size' 48"), (#"{"pre_norm": true}"#, "pre_norm"),
    (#"{"num_attention_heads": 7}"#, "'num_attention_heads' 7"),
    (#"{"feature_strides": [4, 8, 16]}"#, "feature_strides"),
    (#"{"architectures": ["Mask2FormerModel"]}"#, "Mask2FormerForUniversalSegmentation"),
  ])
  func refusesConfigurationsThatCannotBe(json: String, words: String) throws {
    try expectRefusal(naming: words) {
      try Mask2FormerConfiguration(json: Data(json.utf8), location: "config.json")
    }
  }

  @Test func configurationsGoToAFileAndBack() throws {
    var configuration = Mask2FormerConfiguration()
    configuration.id2label = LabelNames(["wall", "sky"])
    configuration.backbone = MaskBackboneConfiguration()
    configuration.backbone.kind = .resnet
    let again = try Mask2FormerConfiguration(json: configuration.json(), location: "config.json")
    #expect(again == configuration)
  }
}
