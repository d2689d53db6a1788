import Checkpoints
import Foundation
import ImageFiles
import LanguageModels
import NeuralLayers
import Tensors
import TestSupport
import Testing
import VisionModels

typealias BlipFixture = CaptionerFixture<BlipForConditionalGeneration>

extension BlipFixture {
  init(on device: Device = .sharedCPU, precision: ProductPrecision = .float32) throws {
    try self.init("captioner", model: "blip", on: device, precision: precision)
  }
}

@Suite struct BlipTests {
  @Test func preparesImagesAsTransformers() throws {
    let f = try BlipFixture()
    let processor = try BlipImageProcessor(
      ModelFolder(f.folder), imageSize: f.model.configuration.visionConfig.imageSize)
    let images = try f.captions.images.map { name in
      processor(try Image(contentsOf: Fixture.url(name)), on: .sharedCPU)
    }
    expectClose(.stack(samples: images), f.images, within: .float32)
  }

  @Test(arguments: Device.backendsUnderTest)
  func looksAsTransformers(device: Device) throws {
    let f = try BlipFixture(on: device)
    let (states, last) = f.model.visionModel(f.images)
    for (i, state) in states.enumerated() {
      expectClose(state, f.states["vision.\(i)"], within: .model)
    }
    expectClose(last, f.states["vision.last"], within: .model)
  }

  @Test(arguments: Device.backendsUnderTest)
  func readsAsTransformers(device: Device) throws {
    let f = try BlipFixture(on: device)
    let (states, logits) = f.model.textDecoder(try f.tokens(), images: f.states["vision.last"])
    #expect(states.count == f.model.configuration.textConfig.numHiddenLayers + 1)
    for (i, state) in states.enumerated() {
      expectClose(state, f.states["text.\(i)"], within: .model)
    }
    expectClose(logits, f.states["logits"], within: .model)
  }

  /// Token by token, the texts of an image side by side, in any order: what was read before counts.
  @Test(arguments: Device.backendsUnderTest)
  func remembersWhatItRead(device: Device) throws {
    let f = try BlipFixture(on: device)
    let tokens = try f.tokens()
    let images = f.states["vision.last"]
    let whole = f.model.textDecoder(tokens, images: images).logits
    var decoding = BlipDecoding(f.model.textDecoder, images: images)
    _ = decoding(tokens.map { Array($0[..<2]) })
    decoding.select([0, 0, 1, 1, 2, 2])
    _ = decoding(tokens.flatMap { [[$0[2]], [9]] })
    decoding.select([0, 4])
    let logits = decoding([tokens[0], tokens[2]].map { [$0[3]] })
    let (length, channels) = (whole.shape[1], whole.shape[2])
    let expected = whole.reshaped([3 * length, channels]).gather(
      Tensor([Int32(3), Int32(2 * length + 3)], [2], on: device))
    expectClose(logits, expected, within: .model)
  }

  @Test func computesInHalfTheBits() throws {
    let f = try BlipFixture(precision: .bfloat16)
    let last = f.model.visionModel(f.images).lastHiddenState
    expectClose(last, f.states["vision.last"], within: .bfloat16Model)
    let logits = f.model.textDecoder(try f.tokens(), images: f.states["vision.last"]).logits
    expectClose(logits, f.states["logits"], within: .bfloat16Model)
  }

  @Test func presetsArePublishedConfigurations() throws {
    try expectPublished(BlipConfiguration.base, "blip.base")
    try expectPublished(BlipConfiguration.large, "blip.large")
  }

  @Test(arguments: [
    (#"{"text_config": {"num_attention_heads": 7}}"#, "must divide"),
    (#"{"vision_config": {"patch_size": 400}}"#, "no grid"),
    (#"{"text_config": {"vocab_size": 300}}"#, "bos_token_id"),
    (#"{"text_config": {"is_decoder": false}}"#, "is_decoder"),
    (#"{"architectures": ["BlipForQuestionAnswering"]}"#, "BlipForConditionalGeneration"),
    (#"{"vision_config": {"stride": 2}}"#, "stride"),
  ])
  func refusesConfigurationsThatCannotBe(json: String, words: String) throws {
    try expectRefusal(naming: words) {
      try BlipConfiguration(json: Data(json.utf8), location: "config.json")
    }
  }

  @Test(arguments: [
    #"{"resample": 2}"#, #"{"do_resize": false}"#, #"{"size": {"shortest_edge": 384}}"#,
    #"{"image_mean": [0.5]}"#, #"{"do_center_crop": true}"#,
  ])
  func refusesPreparationsThatItDoesNotDo(json: String) {
    #expect(throws: CheckpointError.self) {
      try BlipImageProcessor(json: Data(json.utf8), location: "preprocessor_config.json")
    }
  }

  @Test func makesImagesAsLargeAsTheEncoderWantsThem() throws {
    let folder = try TemporaryFolder()
    let found = try BlipImageProcessor(ModelFolder(folder.url), imageSize: 336)
    #expect(found.size == SquareSide(336))
    try folder.write(#"{"size": {"height": 384, "width": 384}}"#, "preprocessor_config.json")
    #expect(throws: CheckpointError.self) {
      try BlipImageProcessor(ModelFolder(folder.url), imageSize: 336)
    }
  }
}
