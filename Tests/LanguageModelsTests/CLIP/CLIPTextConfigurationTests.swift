import Foundation
import LanguageModels
import NeuralLayers
import TestSupport
import Testing

@Suite struct CLIPTextConfigurationTests {
  @Test(arguments: [
    (#"{"architectures": ["CLIPModel"]}"#, "CLIPModel"),
    (#"{"hidden_act": "relu"}"#, "relu"),
    (#"{"model_type": "siglip_text_model"}"#, "model_type"),
    (#"{"num_attention_heads": 7}"#, "num_attention_heads"),
  ])
  func refusesWhatItCannotFollow(json: String, named: String) throws {
    try expectRefusal(naming: named) {
      try CLIPTextConfiguration(json: Data(json.utf8), location: "text_encoder/config.json")
    }
  }

  @Test func presetsArePublishedConfigurations() throws {
    try expectPublished(CLIPTextConfiguration.vitL, "clip.vitL")
    try expectPublished(CLIPTextConfiguration.openCLIPH, "clip.openCLIPH")
    try expectPublished(CLIPTextConfiguration.bigG, "clip.bigG")
  }
}
