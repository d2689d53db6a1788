import Checkpoints
import Foundation
import LanguageModels
import NeuralLayers
import Tensors
import TestSupport
import Testing
import VisionModels

@Suite struct CLIPModelTests {
  /// OpenCLIP's activation; OpenAI's is in a whole folder, which `CLIPEmbedderTests` loads.
  @Test(arguments: Device.backendsUnderTest)
  func comparesAsTransformers(device: Device) throws {
    let f = try Fixture("clip/openclip", on: device)
    let source = f.source(prefix: "model.")
    let model = try CLIPModel(
      Parameters(source, device: device),
      CLIPConfiguration(json: Data((f.metadata["config"] ?? "").utf8), location: source.location))
    #expect(source.leftOver(ignoring: CLIPModel.ignoredTensors).isEmpty)

    let ids = f["tokens"]
    let tokens = (0..<ids.shape[0]).map { ids.samples($0..<$0 + 1).floats().map { Int($0) } }
    let output = model(tokens, f["images"].channelsLast())
    for (name, states) in [
      ("text", output.text.hiddenStates), ("vision", output.vision.hiddenStates),
    ] {
      #expect(states.count == 3)
      for (i, state) in states.enumerated() {
        expectClose(state, f["\(name).hidden.\(i)"], within: .float32)
      }
    }
    expectClose(try #require(output.text.textEmbeddings), f["text.embeds"], within: .float32)
    expectClose(try #require(output.vision.imageEmbeddings), f["vision.embeds"], within: .float32)
    expectClose(
      output.logitsPerImage.joined().map { Float($0) }, f["logits_per_image"].floats(),
      within: .float32)
  }

  @Test func presetsArePublishedConfigurations() throws {
    try expectPublished(CLIPConfiguration.vitB32, "clipModel.vitB32")
    try expectPublished(CLIPConfiguration.vitB16, "clipModel.vitB16")
    try expectPublished(CLIPConfiguration.vitL14, "clipModel.vitL14")
    try expectPublished(CLIPConfiguration.openCLIPH14, "clipModel.openCLIPH14")
    try expectPublished(CLIPConfiguration.bigG14, "clipModel.bigG14")
  }

  @Test func partsHaveTheirDefaults() throws {
    let json = #"{"text_config": {"hidden_size": 64}, "vision_config": null}"#
    let found = try CLIPConfiguration(json: Data(json.utf8), location: "config.json")
    var expected = CLIPConfiguration()
    expected.textConfig.hiddenSize = 64
    #expect(found == expected)
  }

  @Test(arguments: [
    (#"{"text_config": {"hidden_size": 65}}"#, "must divide"),
    (#"{"text_config": {"hidden_size": 0}}"#, "'text_config.hidden_size' is 0"),
    (#"{"vision_config": {"hidden_act": "relu"}}"#, "vision_config.hidden_act"),
    (#"{"vision_config": {"use_registers": true}}"#, "vision_config.use_registers"),
    (#"{"vision_config": [3]}"#, "expected an object"),
    (#"{"text_config_dict": {"num_hidden_layers": -1}}"#, "text_config_dict.num_hidden_layers"),
    (#"{"model_type": "siglip"}"#, "clip"), (#"{"projection_dim": 0}"#, "'projection_dim' is 0"),
  ])
  func refusesConfigurationsThatCannotBe(json: String, words: String) throws {
    try expectRefusal(naming: words) {
      try CLIPConfiguration(json: Data(json.utf8), location: "config.json")
    }
  }

  @Test func cosinesAreOfAnyLength() {
    #expect(cosine([3, 0], [0.5, 0]) == 1)
    #expect(cosine([1, 1], [-2, -2]).isApproximately(-1))
    #expect(cosines([[1, 0], [0, 1]], [[0, 2]]) == [[0], [1]])
    #expect(cosine([0, 0], [1, 2]).isNaN)
  }
}

extension Double {
  fileprivate func isApproximately(_ other: Double) -> Bool { (self - other).magnitude < 1e-12 }
}
