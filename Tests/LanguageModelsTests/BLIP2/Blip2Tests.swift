import Checkpoints
import Foundation
import LanguageModels
import NeuralLayers
import Tensors
import TestSupport
import Testing
import VisionModels

typealias Blip2Fixture = CaptionerFixture<Blip2ForConditionalGeneration>

extension Blip2Fixture {
  init(on device: Device = .sharedCPU, precision: ProductPrecision = .float32) throws {
    try self.init("captioner_blip2", model: "blip2", on: device, precision: precision)
  }
}

@Suite struct Blip2Tests {
  @Test(arguments: Device.backendsUnderTest)
  func gathersAsTransformers(device: Device) throws {
    let f = try Blip2Fixture(on: device)
    expectClose(
      f.model.visionModel(f.images).lastHiddenState, f.states["vision.last"], within: .model)
    let states = f.model.gather(f.states["vision.last"])
    #expect(states.count == f.model.configuration.qformerConfig.numHiddenLayers + 1)
    for (i, state) in states.enumerated() {
      expectClose(state, f.states["queries.\(i)"], within: .model)
    }
  }

  @Test(arguments: Device.backendsUnderTest)
  func readsAsTransformers(device: Device) throws {
    let f = try Blip2Fixture(on: device)
    var decoding = f.model.decoding(f.images)
    let states = decoding.states(of: try f.tokens())
    for (i, state) in states.dropLast().enumerated() {
      expectClose(state, f.states["text.\(i)"], within: .model)
    }
    expectClose(
      f.model.languageModel.logits(of: states[states.count - 1]), f.states["logits"],
      within: .model)
  }

  @Test(arguments: 0..<6)
  func writesTheTokensOfTransformers(way: Int) throws {
    let f = try Blip2Fixture()
    let (text, way) = (f.model.configuration.textConfig, f.captions.ways[way])
    let tokenizer = try GPT2Tokenizer(folder: f.folder)
    let generator = TextGenerator(
      way.settings.settings, end: Int32(text.eosTokenId), longest: text.maxPositionEmbeddings)
    let found = try generator(
      behind: f.model.opening(tokenizer(way.settings.prompt ?? "")),
      by: f.model.decoding(f.images), seeds: [0, 0, 0])
    #expect(found == way.ids)
    #expect(
      found.map { tokenizer.decode($0).trimmingCharacters(in: .whitespacesAndNewlines) }
        == way.texts)
  }

  @Test func computesInHalfTheBits() throws {
    let f = try Blip2Fixture(precision: .bfloat16)
    var decoding = f.model.decoding(f.images)
    let states = decoding.states(of: try f.tokens())
    expectClose(
      f.model.languageModel.logits(of: states[states.count - 1]), f.states["logits"],
      within: .bfloat16Model)
  }

  @Test func presetIsThePublishedConfiguration() throws {
    try expectPublished(Blip2Configuration.opt2_7b, "blip2.opt2.7b")
  }

  @Test(arguments: [
    (#"{"text_config": {"model_type": "t5"}}"#, "opt"),
    (#"{"text_config": {"word_embed_proj_dim": 512}}"#, "word_embed_proj_dim"),
    (#"{"text_config": {"do_layer_norm_before": false}}"#, "do_layer_norm_before"),
    (#"{"qformer_config": {"num_attention_heads": 7}}"#, "must divide"),
    (#"{"num_query_tokens": 3000}"#, "num_query_tokens"),
    (#"{"text_config": {"eos_token_id": 60000}}"#, "vocab_size"),
  ])
  func refusesConfigurationsThatCannotBe(json: String, words: String) throws {
    try expectRefusal(naming: words) {
      try Blip2Configuration(json: Data(json.utf8), location: "config.json")
    }
  }
}
