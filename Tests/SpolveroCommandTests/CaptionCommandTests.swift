import Foundation
import ImageFiles
import TestSupport
import Testing

/// `spolvero caption` with the tiny random BLIP of `tools/fixtures/captioner.py`.
@Suite struct CaptionCommandTests {
  private struct Line: Decodable, Equatable { let image, caption, model: String }
  private struct Made: Decodable { let prompt: String }
  private struct Ways: Decodable {
    struct Way: Decodable { let texts: [String] }
    let images: [String]
    let ways: [Way]
  }
  private struct Summary: Decodable {
    struct Coverage: Decodable {
      let captions, lacking: Int
      let lackingByClass: [String: Int]
    }
    let images, captions: Int
    let labelled: Coverage?
  }

  private static let model = Fixture.url("captioner/blip").path
  private let folder: TemporaryFolder
  private let expected: Ways

  init() throws {
    folder = try TemporaryFolder()
    expected = try JSONDecoder().decode(
      Ways.self, from: Data(contentsOf: Fixture.url("captioner/captions.json")))
  }

  private func path(_ name: String) -> String { folder.appending(name).path }

  private func caption(_ arguments: [String], model: String = model) throws
    -> CommandLineTool.Outcome
  {
    try CommandLineTool.run(["caption"] + arguments + ["--model", model, "--device", "cpu"]) { _ in
    }
  }

  private var images: [String] { expected.images.map { Fixture.url($0).path } }

  private func lines(_ text: String) throws -> [Line] {
    try text.split(separator: "\n").map {
      try JSONDecoder().decode(Line.self, from: Data($0.utf8))
    }
  }

  @Test func saysWhatTransformersSays() throws {
    let ways: [(Int, [String])] = [
      (0, ["--beams", "1", "--max-new-tokens", "20"]),
      (
        4,
        [
          "--beams", "1", "--min-new-tokens", "9", "--prompt", "a photo of a", "--max-new-tokens",
          "20",
        ]
      ),
      (7, ["--prompt", "a picture of", "--batch-size", "2"]),
      (8, ["--beams", "4", "--length-penalty", "2", "--max-length", "16"]),
      (
        10,
        ["--beams", "5", "--early-stopping", "--length-penalty", "0", "--max-new-tokens", "20"]
      ),
      (
        11,
        ["--beams", "2", "--min-length", "12", "--repetition-penalty", "1.3", "--max-length", "21"]
      ),
    ]
    for (way, options) in ways {
      let result = try caption(images + options)
      #expect(result.status == 0, "\(result.errors)")
      let found = try lines(result.output)
      #expect(found.map(\.image) == images)
      #expect(found.map(\.caption) == expected.ways[way].texts)
      #expect(found.allSatisfy { $0.model == "blip" })
    }
  }

  @Test func knowsBLIP2() throws {
    let expected = try JSONDecoder().decode(
      Ways.self, from: Data(contentsOf: Fixture.url("captioner_blip2/captions.json")))
    let result = try caption(
      images + ["--beams", "1", "--max-new-tokens", "20", "--prompt", "a photo of"],
      model: Fixture.url("captioner_blip2/blip2").path)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try lines(result.output).map(\.caption) == expected.ways[1].texts)
  }

  @Test func drawsBySeed() throws {
    func texts(_ seed: String) throws -> [String] {
      let result = try caption(
        images + ["--top-p", "0.95", "--top-k", "0", "--temperature", "2", "--seed", seed])
      #expect(result.status == 0, "\(result.errors)")
      return try lines(result.output).map(\.caption)
    }
    #expect(try texts("1") == texts("1"))
    #expect(try texts("1") != texts("2"))
  }

  @Test func goesOnWhereItStopped() throws {
    let file = path("captions.jsonl")
    let first = try caption([images[0], images[1], "-o", file])
    #expect(first.status == 0, "\(first.errors)")
    let whole = try String(contentsOfFile: file, encoding: .utf8)
    // A line that was cut off is made again.
    try folder.write(String(whole.dropLast(9)), "captions.jsonl")
    let second = try caption(images + ["-o", file, "--json"])
    #expect(second.status == 0, "\(second.errors)")
    #expect(second.errors.contains("1 of 3 images have"))
    let found = try String(contentsOfFile: file, encoding: .utf8)
    #expect(found.hasPrefix(whole))
    #expect(try lines(found).map(\.image) == images)
    let summary = try JSONDecoder().decode(Summary.self, from: Data(second.output.utf8))
    #expect(summary.images == 3 && summary.captions == 3 && summary.labelled == nil)
    // Nothing is left to do: no network is opened.
    #expect(try !caption(images + ["-o", file]).errors.contains("loading"))
  }

  @Test func leavesOtherFilesAlone() throws {
    let file = path("captions.jsonl")
    _ = try caption([images[0], "-o", file])
    let whole = try String(contentsOfFile: file, encoding: .utf8)
    let other = try caption(images + ["-o", file, "--beams", "2"])
    #expect(other.status == 73 && other.errors.contains("2 beams"), "\(other.errors)")
    #expect(try String(contentsOfFile: file, encoding: .utf8) == whole)
    try folder.write(#"{"image": "a", "caption": "b"}"# + "\n", "captions.jsonl")
    let foreign = try caption(images + ["-o", file])
    #expect(foreign.status == 73 && foreign.errors.contains("--captions"), "\(foreign.errors)")
  }

  @Test func countsClassesThatCaptionsLack() throws {
    try folder.writeDataset("data")
    let result = try caption([path("data"), "-o", path("captions.jsonl"), "--json"])
    #expect(result.status == 0, "\(result.errors)")
    let found = try lines(String(contentsOfFile: path("captions.jsonl"), encoding: .utf8))
    #expect(found.map(\.image) == ["a.jpg"])
    let summary = try JSONDecoder().decode(Summary.self, from: Data(result.output.utf8))
    #expect(summary.labelled?.captions == 1 && summary.labelled?.lacking == 1)
    #expect(summary.labelled?.lackingByClass == ["dog": 1])
    let named = try caption([path("data"), "--prompt", "two dogs"])
    #expect(named.status == 0 && named.errors.contains("0 of 1 (0.0 %)"), "\(named.errors)")
  }

  @Test func goesOnWithoutImagesThatCannotBeRead() throws {
    try folder.write("no image", "photos/b.png")
    for (name, image) in zip(["a.png", "c.png"], images) {
      try folder.write(Data(contentsOf: URL(fileURLWithPath: image)), "photos/" + name)
    }
    let result = try caption([path("photos"), "--batch-size", "1"])
    #expect(result.status == 65 && result.errors.contains("b.png"), "\(result.errors)")
    #expect(result.errors.contains("1 of 3 images"))
    #expect(try lines(result.output).map(\.image) == ["a.png", "c.png"])
  }

  @Test func refusesAnEmptyFolder() throws {
    try folder.write("", "empty/x")
    try FileManager.default.removeItem(at: folder.appending("empty/x"))
    let result = try caption([path("empty")])
    #expect(result.status == 66 && result.errors.contains("empty"), "\(result.errors)")
  }

  @Test(arguments: [
    ("vocab.txt", 65, "holds no tokenizer"), ("config.json", 66, "config.json"),
    ("model.safetensors", 66, "weights"),
  ])
  func namesWhatACaptionerLacks(file: String, status: Int32, words: String) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: Self.model) where name != file {
      try folder.write(
        Data(contentsOf: URL(fileURLWithPath: Self.model).appendingPathComponent(name)),
        "model/" + name)
    }
    let result = try caption([images[0]], model: path("model"))
    #expect(result.status == status && result.errors.contains(words), "\(result.errors)")
  }

  @Test func refusesOtherNetworksAndVocabularies() throws {
    let other = try caption([images[0]], model: Fixture.url("pipelines/sd15/model/unet").path)
    #expect(
      other.status == 65 && other.errors.contains("no captioner that runs"), "\(other.errors)")
    for name in try FileManager.default.contentsOfDirectory(atPath: Self.model) {
      try folder.write(
        Data(contentsOf: URL(fileURLWithPath: Self.model).appendingPathComponent(name)),
        "model/" + name)
    }
    try folder.write(#"{"[DEC]": 4000}"#, "model/added_tokens.json")
    let larger = try caption([images[0]], model: path("model"))
    #expect(larger.status == 65 && larger.errors.contains("4000"), "\(larger.errors)")
  }

  @Test(arguments: [
    ["--beams", "0"], ["--beams", "1", "--early-stopping"], ["--top-p", "0"], ["--seed", "1"],
    ["--top-p", "0.9", "--beams", "2"], ["--min-length", "9", "--max-length", "5"],
    ["--max-length", "9", "--max-new-tokens", "5"], ["--repetition-penalty", "0"], ["--json"],
    ["--batch-size", "0"], ["--max-length", "3", "--prompt", "a picture of a dog"],
    ["--max-length", "300"],
  ])
  func refusesWhatCannotBe(options: [String]) throws {
    let result = try caption([images[0]] + options)
    #expect(result.status == 64, "\(result.errors)")
  }

  @Test func augmentAsksItOnTheWay() throws {
    try folder.writeDataset("data")
    let models = Fixture.url("pipelines/sd15").path
    let arguments = [
      "augment", "--dataset", path("data"), "--output", path("out"), "--model", models + "/model",
      "--adapter", models + "/adapter", "--resolution", "64", "--images", "1", "--steps", "1",
      "--captioner", Self.model, "--device", "cpu", "--prompt-style", "caption",
    ]
    let result = try CommandLineTool.run(arguments) { _ in }
    #expect(result.status == 0, "\(result.errors)")
    let kept = try lines(String(contentsOfFile: path("out/captions.jsonl"), encoding: .utf8))
    #expect(kept.map(\.image) == ["a.jpg"])
    let ledger = LedgerLines(of: folder.appending("out/ledger.jsonl"))
    let made = try JSONDecoder().decode(Made.self, from: Data(ledger.images[0].utf8))
    #expect(made.prompt == kept[0].caption)
    let again = try CommandLineTool.run(arguments) { _ in }
    #expect(again.status == 0 && again.errors.contains("blip") == false, "\(again.errors)")
    try folder.write("mine", "other/file.txt")
    let refused = try CommandLineTool.run(
      arguments.map { $0 == path("out") ? path("other") : $0 }
    ) { _ in }
    #expect(refused.status == 73 && refused.errors.contains("file.txt"), "\(refused.errors)")
    #expect(!FileManager.default.fileExists(atPath: path("other/captions.jsonl")))
    let both = try CommandLineTool.run(arguments + ["--captions", "x"]) { _ in }
    #expect(both.status == 64, "\(both.errors)")
  }
}
