import Checkpoints
import Foundation
import Testing

/// Options that are read into a property of a few kinds.
@Suite struct OptionsTests {
  private enum Kind: String, OptionChoice, CaseIterable { case plain, fancy }

  private func options(_ text: String) throws -> Options {
    try Options(json: Data(text.utf8), location: "unet/config.json")
  }

  private func blocks(_ value: String) throws -> PerBlock<Int> {
    var blocks = PerBlock(2)
    try options("{\"layers\": \(value)}").bind("layers", &blocks, within: 1...64)
    return blocks
  }

  @Test func takesOneValueForAllBlocksOrOneForEach() throws {
    #expect(try blocks("8").values == [8])
    #expect(try blocks("8")[3] == 8)
    #expect(try blocks("[5, 10, 20]").values == [5, 10, 20])
    #expect(try blocks("[5, 10, 20]").fits(blocks: 3))
    #expect(try !blocks("[5, 10, 20]").fits(blocks: 4))
    #expect(try blocks("null").values == [2])
  }

  @Test(arguments: ["[]", "\"8\"", "[1.5]", "{}", "true", "[[1]]"])
  func refusesAnythingElse(value: String) throws {
    let error = try #require(throws: CheckpointError.self) { try blocks(value) }
    #expect(error.description.contains("'layers'"))
    #expect(error.description.contains("a whole number, or a list"))
  }

  @Test(arguments: ["0", "-1", "65", "9223372036854775807", "1e300", "[1, 65]", "NaN", "Infinity"])
  func refusesNumbersThatNoNetworkHas(value: String) throws {
    let error = try #require(throws: CheckpointError.self) { try blocks(value) }
    #expect(error.description.contains("'layers'"))
  }

  @Test func readsWhatPythonWrites() throws {
    var scale: Float = 1
    try options(#"{"scale": 0.5, "_note": NaN, "text": "NaN, Infinity"}"#)
      .bind("scale", &scale, within: 0...1)
    #expect(scale == 0.5)
    #expect(throws: CheckpointError.self) {
      try options(#"{"scale": NaN}"#).bind("scale", &scale, within: 0...1)
    }
  }

  @Test func readsOneSideOrTwo() throws {
    var size: SampleSize = 32
    try options(#"{"size": [48, 64]}"#).bind("size", &size, within: 1...100)
    #expect(size == SampleSize(height: 48, width: 64))
    try options(#"{"size": 64}"#).bind("size", &size, within: 1...100)
    #expect(size == 64)
    #expect(throws: CheckpointError.self) {
      try options(#"{"size": [64, 64, 64]}"#).bind("size", &size, within: 1...100)
    }
  }

  @Test func namesTheKindsThatThereAre() throws {
    var kind = Kind.plain
    try options(#"{"kind": "fancy"}"#).bind("kind", &kind)
    #expect(kind == .fancy)
    let error = try #require(throws: CheckpointError.self) {
      try options(#"{"kind": "odd"}"#).bind("kind", &kind)
    }
    #expect(
      error.reason
        == .unsupported(
          option: "kind", value: #""odd""#, supported: [#""plain""#, #""fancy""#]))
  }

  @Test(arguments: ["", "[]", "{", "1", #"{"a": 1e400}"#])
  func refusesWhatIsNoObject(text: String) {
    #expect(throws: CheckpointError.self) { try options(text) }
  }

  @Test func writesWhatItReads() throws {
    let writing = Options()
    var (sides, scale, size) = ([3, 4], Float(1e-5), SampleSize(height: 2, width: 3))
    var absent: Int?
    try writing.bind("sides", &sides, within: 1...9)
    try writing.bind("scale", &scale, within: 0...1)
    try writing.bind("size", &size, within: 1...9)
    try writing.bind("absent", &absent, within: 1...9)
    let text = String(decoding: try writing.json(), as: UTF8.self)
    #expect(text.contains("1e-05") && !text.contains("absent"))

    let reading = try options(text)
    var (readSides, readScale, readSize) = ([1], Float(0), SampleSize(height: 1, width: 1))
    try reading.bind("sides", &readSides, within: 1...9)
    try reading.bind("scale", &readScale, within: 0...1)
    try reading.bind("size", &readSize, within: 1...9)
    #expect(readSides == sides && readScale == scale && readSize == size)
  }
}

/// Options that a configuration has no property for.
@Suite struct UnreadOptionsTests {
  private let notices = Notices()

  private func check(_ text: String) throws {
    let options = try Options(json: Data(text.utf8), location: "unet/config.json")
    var channels = 4
    try options.bind("in_channels", &channels, within: 1...100)
    try options.require("act_fn", among: ["silu", "swish"])
    try options.require("dual_cross_attention", among: [false])
    try options.require("only_cross_attention", among: [false], perBlock: true)
    try options.require("class_embed_type", among: [nil])
    options.ignore("dropout")
    try options.requireEverythingRead(notices)
  }

  @Test func acceptsWhatAModelUnderstands() throws {
    try check(#"{"in_channels": 9, "act_fn": "swish", "dual_cross_attention": false}"#)
    try check(#"{"_class_name": "UNet2DConditionModel", "class_embed_type": null, "new": null}"#)
    try check(#"{"dropout": 0.5, "only_cross_attention": [false, false, false]}"#)
    #expect(notices.all.isEmpty)
  }

  @Test func namesAnOptionThatNobodyKnows() throws {
    let error = try #require(throws: CheckpointError.self) {
      try check(#"{"in_channels": 4, "addition_shift": [1, 2.5, "x", {"y": true}]}"#)
    }
    #expect(
      error.reason
        == .unsupported(
          option: "addition_shift", value: #"[1, 2.5, "x", {"y": true}]"#, supported: []))
    #expect(error.description.hasPrefix("unet/config.json: option 'addition_shift' is [1, 2.5"))
  }

  @Test(arguments: [
    (#"{"act_fn": "gelu"}"#, "option 'act_fn' is \"gelu\"", "it supports \"silu\", \"swish\""),
    (#"{"dual_cross_attention": true}"#, "'dual_cross_attention' is true", "it supports false"),
    (#"{"dual_cross_attention": null}"#, "'dual_cross_attention' is null", "it supports false"),
    (#"{"only_cross_attention": [false, true]}"#, "[false, true]", "it supports false"),
    (#"{"class_embed_type": "timestep"}"#, "is \"timestep\"", "it supports null"),
  ])
  func namesTheValueAndWhatIsSupported(text: String, found: String, supported: String) throws {
    let error = try #require(throws: CheckpointError.self) { try check(text) }
    #expect(error.description.contains(found))
    #expect(error.description.contains(supported))
  }

  @Test func passesOverBookkeepingWithANotice() throws {
    try check(
      #"{"decay": 0.9999, "inv_gamma": 1.0, "optimization_step": 4000, "use_ema_warmup": false}"#)
    #expect(
      notices.all == [
        "unet/config.json: passed over 'decay', 'inv_gamma', 'optimization_step', 'use_ema_warmup': "
          + "bookkeeping, which changes no result."
      ])
    #expect(throws: CheckpointError.self) {
      try check(#"{"decay": 0.9, "quantization_config": {}}"#)
    }
  }
}
