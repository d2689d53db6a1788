import Checkpoints
import Foundation
import ImageFiles
import NeuralLayers
import Tensors
import TestSupport
import Testing
import VisionModels

@Suite struct SegformerTests {
  @Test(arguments: Device.backendsUnderTest)
  func seesAsTransformers(device: Device) throws {
    let f = try ModelFixture<SegformerForSemanticSegmentation>("segformer", on: device)
    let output = f.model(f.map("pixels"))
    let expected = f.maps("hidden")
    #expect(output.hiddenStates.count == expected.count)
    for (map, wanted) in zip(output.hiddenStates, expected) {
      expectClose(map, wanted, within: .float32)
    }
    expectClose(output.logits, f.map("logits"), within: .float32)
  }

  @Test func preparesAsTransformers() throws {
    let f = try Fixture("models/segformer")
    var processor = SegformerImageProcessor()
    processor.size = RectangleSides(height: 64, width: 80)
    let scene = try Image(contentsOf: Fixture.url("annotators/scene.png"))
    expectClose(
      processor(scene, on: .sharedCPU), f["pixels"].channelsLast(), within: .float32)
  }

  /// As NVIDIA's models have it, and as recent transformers writes it.
  @Test(arguments: [
    #"""
    {"do_normalize": true, "do_resize": true, "feature_extractor_type": "SegformerFeatureExtractor",
     "image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225], "reduce_labels": true,
     "resample": 2, "size": 512}
    """#,
    #"""
    {"do_normalize": true, "do_reduce_labels": true, "do_rescale": true, "do_resize": true,
     "image_processor_type": "SegformerImageProcessor", "resample": 2,
     "rescale_factor": 0.00392156862745098, "size": {"height": 512, "width": 512}}
    """#,
  ])
  func readsOldAndNewProcessors(json: String) throws {
    let found = try SegformerImageProcessor(
      json: Data(json.utf8), location: "preprocessor_config.json")
    #expect(found.size == RectangleSides(height: 512, width: 512) && found.doReduceLabels)
    #expect(found.normalization == .imageNet)
  }

  @Test(arguments: [
    (#"{"depths": [2, 2, 2]}"#, "'depths' has 3 entries"),
    (#"{"num_attention_heads": [1, 2, 7, 8]}"#, "does not divide"),
    (#"{"reshape_last_stage": false}"#, "reshape_last_stage"),
    (#"{"id2label": {"0": "wall", "2": "sky"}}"#, "a name for each id"),
    (#"{"hidden_act": "relu"}"#, "gelu"),
    (
      #"{"architectures": ["SegformerForImageClassification"]}"#, "SegformerForSemanticSegmentation"
    ),
  ])
  func refusesConfigurationsThatCannotBe(json: String, words: String) throws {
    try expectRefusal(naming: words) {
      try SegformerConfiguration(json: Data(json.utf8), location: "config.json")
    }
  }

  @Test func namesOfClassesGoToAFileAndBack() throws {
    var configuration = SegformerConfiguration()
    configuration.id2label = LabelNames(["wall", "sky", "tree"])
    let again = try SegformerConfiguration(json: configuration.json(), location: "config.json")
    #expect(again == configuration)
  }
}
