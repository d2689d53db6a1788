import Checkpoints
import Foundation
import Testing

@Suite struct PerBlockTests {
  private func decode(_ text: String) throws -> PerBlock<Int> {
    try JSONDecoder().decode(PerBlock<Int>.self, from: Data(text.utf8))
  }

  @Test func takesOneValueForAllBlocks() throws {
    let value = try decode("8")
    #expect(value.values == [8])
    #expect(value[0] == 8 && value[3] == 8)
    #expect(value.fits(blocks: 4))
  }

  @Test func takesOneValuePerBlock() throws {
    let value = try decode("[5, 10, 20]")
    #expect((0..<3).map { value[$0] } == [5, 10, 20])
    #expect(value.fits(blocks: 3))
    #expect(!value.fits(blocks: 4))
  }

  @Test(arguments: ["[]", "\"8\"", "null", "[1.5]"])
  func refusesAnythingElse(text: String) {
    #expect(throws: DecodingError.self) { try decode(text) }
  }
}

@Suite struct SupportedOptionsTests {
  private let options = SupportedOptions(
    decoded: ["in_channels"],
    fixed: [
      "act_fn": ["silu", "swish"], "dual_cross_attention": [false], "class_embed_type": [nil],
    ]
  )

  private func check(_ text: String) throws {
    try options.check(Data(text.utf8), in: "unet/config.json")
  }

  @Test func acceptsWhatAModelUnderstands() throws {
    try check(#"{"in_channels": 9, "act_fn": "swish", "dual_cross_attention": false}"#)
    try check(#"{"_class_name": "UNet2DConditionModel", "class_embed_type": null, "new": null}"#)
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
    (#"{"class_embed_type": "timestep"}"#, "is \"timestep\"", "it supports null"),
  ])
  func namesTheValueAndWhatIsSupported(text: String, found: String, supported: String) throws {
    let error = try #require(throws: CheckpointError.self) { try check(text) }
    #expect(error.description.contains(found))
    #expect(error.description.contains(supported))
  }

  @Test(arguments: ["", "[]", "{", "1"])
  func refusesWhatIsNoObject(text: String) {
    #expect(throws: CheckpointError.self) { try check(text) }
  }
}
