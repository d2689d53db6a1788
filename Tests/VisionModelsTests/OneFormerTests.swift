import Checkpoints
import Foundation
import ImageFiles
import NeuralLayers
import Tensors
import TestSupport
import Testing
import VisionModels

@Suite struct OneFormerTests {
  @Test(arguments: Device.backendsUnderTest)
  func findsWhatTransformersFinds(device: Device) throws {
    let f = try ModelFixture<OneFormerForUniversalSegmentation>("oneformer", on: device)
    var processor = OneFormerImageProcessor()
    processor.image.size = .edges(shortest: 32, longest: 64)
    // Its sides are no multiples of a patch's.
    let image = processor(try Mask2FormerTests.scene.get(), on: device)
    #expect(image.shape == [1, 32, 50, 3])
    let output = f.model(image, task: f["task"])
    let features = try #require(output.pixelMaps.last)
    let expected = f.maps("masks")
    #expect(expected.count == output.states.count)
    for (states, wanted) in zip(output.states, expected) {
      expectClose(f.model.masks(of: states, in: features), wanted, within: .float32)
    }
    expectClose(output.classLogits, f["classes"], within: .float32)
  }

  @Test(arguments: [
    (#"{"backbone_config": {"model_type": "dinat"}}"#, "dinat"), (#"{"norm": "BN"}"#, "norm"),
    (#"{"enforce_input_proj": true}"#, "enforce_input_proj"),
    (#"{"conv_dim": 128}"#, "'conv_dim' 128"), (#"{"num_attention_heads": 7}"#, "'hidden_dim' 256"),
    (#"{"num_queries": 1}"#, "num_queries"),
  ])
  func refusesConfigurationsThatCannotBe(json: String, words: String) throws {
    try expectRefusal(naming: words) {
      try OneFormerConfiguration(json: Data(json.utf8), location: "config.json")
    }
  }

  @Test func configurationsGoToAFileAndBack() throws {
    var configuration = OneFormerConfiguration()
    configuration.id2label = LabelNames(["wall", "sky"])
    let again = try OneFormerConfiguration(json: configuration.json(), location: "config.json")
    #expect(again == configuration)
  }
}
