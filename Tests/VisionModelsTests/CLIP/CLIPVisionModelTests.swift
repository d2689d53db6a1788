import Checkpoints
import Foundation
import NeuralLayers
import Tensors
import TestSupport
import Testing
import VisionModels

@Suite struct CLIPVisionModelTests {
  /// With and without `vision_model.`, both activations, with and without a projection.
  static let networks = ["clip_vision_b", "clip_vision_plain", "clip_vision_h"]

  @Test(arguments: networks, Device.backendsUnderTest)
  func encodesAsTransformers(network: String, device: Device) throws {
    let f = try ModelFixture<CLIPVisionModel>(network, on: device)
    let output = f.model(f.map("images"))
    #expect(output.hiddenStates.count == f.model.configuration.numHiddenLayers + 1)
    for (i, state) in output.hiddenStates.enumerated() {
      expectClose(state, f["hidden.\(i)"], within: .float32)
    }
  }

  @Test(arguments: ["clip_vision_b", "clip_vision_plain"], Device.backendsUnderTest)
  func poolsAsTransformers(network: String, device: Device) throws {
    let f = try ModelFixture<CLIPVisionModel>(network, on: device)
    let output = f.model(f.map("images"))
    expectClose(output.pooledOutput, f["pooled"], within: .float32)
    #expect(output.imageEmbeddings == nil)
  }

  @Test(arguments: Device.backendsUnderTest)
  func projectsAsTransformers(device: Device) throws {
    let f = try ModelFixture<CLIPVisionModel>("clip_vision_h", on: device)
    let projected = try #require(f.model(f.map("images")).imageEmbeddings)
    expectClose(projected, f["projected"], within: .float32)
  }

  @Test func leavesConstantPositionsUnread() throws {
    let f = try ModelFixture<CLIPVisionModel>("clip_vision_b")
    let folder = try TemporaryFolder()
    try f.write(to: folder.url, adding: ["vision_model.embeddings.position_ids": [1, 10]])
    let model = try ModelFolder(folder.url)
    _ = try CLIPVisionModel(folder: model, device: .sharedCPU)
    #expect(model.notices.all.isEmpty)
  }

  @Test func presetsArePublishedConfigurations() throws {
    try expectPublished(CLIPVisionConfiguration.vitB32, "clipVision.vitB32")
    try expectPublished(CLIPVisionConfiguration.vitL14, "clipVision.vitL14")
    try expectPublished(CLIPVisionConfiguration.openCLIPH14, "clipVision.openCLIPH14")
    try expectPublished(CLIPVisionConfiguration.bigG14, "clipVision.bigG14")
    #expect(CLIPVisionConfiguration.vitB16.tokens == 197)
  }

  @Test(arguments: [
    (#"{"num_attention_heads": 7}"#, "must divide"), (#"{"patch_size": 300}"#, "no grid"),
    (#"{"image_size": 60000, "patch_size": 1}"#, "no grid"),
    (#"{"hidden_act": "relu"}"#, "quick_gelu"),
    (#"{"model_type": "siglip_vision_model"}"#, "clip_vision_model"),
  ])
  func refusesConfigurationsThatCannotBe(json: String, words: String) throws {
    try expectRefusal(naming: words) {
      try CLIPVisionConfiguration(json: Data(json.utf8), location: "config.json")
    }
  }
}
