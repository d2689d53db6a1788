import Checkpoints
import Foundation
import Tensors
import TestSupport
import Testing

/// `spolvero embed` with a tiny random CLIP.
@Suite struct EmbedCommandTests {
  private let folder: TemporaryFolder
  private static let model = Fixture.url("clip/model").path
  private static let images = (1...2).map {
    Fixture.url("pipelines/sd15/image_prompt_\($0).png").path
  }

  init() throws { folder = try TemporaryFolder() }

  private func path(_ name: String) -> String { folder.appending(name).path }

  private func embed(_ arguments: [String], model: String = Self.model) throws
    -> CommandLineTool.Outcome
  {
    try CommandLineTool.run(["embed", "--model", model, "--device", "cpu"] + arguments) { _ in }
  }

  private struct Comparison: Decodable {
    let images, texts: [String]
    let cosines: [[Double]]
  }

  @Test func writesTheEmbeddingsOfTransformers() throws {
    let output = folder.appending("embeddings.safetensors")
    let expected = try Fixture("clip/expected")
    let texts = try JSONDecoder().decode(
      [String].self, from: Data((expected.metadata["texts"] ?? "").utf8))
    let result = try embed(
      ["--image"] + Self.images + ["--text"] + texts + ["--json", "-o", output.path])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("CLIP does not read its end: "), "\(result.errors)")
    let found = try Checkpoint(output)
    for name in ["image_embeds", "text_embeds"] {
      expectClose(try found.tensor(named: name, on: .sharedCPU), expected[name], within: .float32)
    }
    let comparison = try JSONDecoder().decode(Comparison.self, from: Data(result.output.utf8))
    #expect(comparison.images == Self.images && comparison.texts == texts)
    // Cosines and logits differ by a number.
    let logits = expected["logits_per_image"].floats()
    let scale = comparison.cosines[0][0] / Double(logits[0])
    expectClose(comparison.cosines.joined().map { Float($0 / scale) }, logits, within: .float32)
  }

  @Test func comparesInATable() throws {
    let result = try embed(["--image", Self.images[0], "--text", "a dog", "--text", "a cat"])
    #expect(result.status == 0, "\(result.errors)")
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 2 && lines[0].hasSuffix("a cat"))
    #expect(lines[1].hasPrefix(Self.images[0]))
  }

  @Test func oneKindAloneIsOnlyWritten() throws {
    let result = try embed(["--text", "a dog", "-o", path("a.safetensors")])
    #expect(result.status == 0 && result.output == "1 embeddings of 20 numbers\n")
    #expect(try Checkpoint(folder.appending("a.safetensors")).names == ["text_embeds"])
  }

  @Test(arguments: [
    ([], "nothing to embed"), (["--text", "a dog"], "nothing to compare"),
    (["--image", "a.png"], "nothing to compare"),
  ])
  func refusesWhatLeavesNothingToSay(arguments: [String], words: String) throws {
    let result = try embed(arguments)
    #expect(result.status == 64 && result.errors.contains(words), "\(result.errors)")
  }

  @Test func namesWhatAModelLacks() throws {
    let texts = ["--image", Self.images[0], "--text", "a dog"]
    let encoder = Fixture.url("pipelines/sd15/image_encoder").path
    let result = try embed(texts, model: encoder)
    #expect(result.status == 65 && result.errors.contains("expected a CLIPModel"))
    try FileManager.default.copyItem(
      at: Fixture.url("clip/model"), to: folder.appending("clip"))
    try FileManager.default.removeItem(at: folder.appending("clip/vocab.json"))
    let tokenizer = try embed(texts, model: path("clip"))
    #expect(tokenizer.status == 65 && tokenizer.errors.contains("holds no tokenizer"))
  }

  @Test func namesEveryImageThatCannotBeRead() throws {
    try folder.write("no image", "a.png")
    try folder.write("none either", "b.png")
    let result = try embed(
      ["--image", path("a.png"), path("b.png"), "--text", "a", "-o", path("e.safetensors")])
    #expect(result.status == 65 && result.errors.contains("2 of 2 images"), "\(result.errors)")
    #expect(try folder.contents == ["a.png", "b.png"])
  }
}
