import Foundation
import TestSupport
import Testing

/// `spolvero augment --oversample` with a tiny random model and a tiny random CLIP.
@Suite struct OversamplingCommandTests {
  private let folder: TemporaryFolder
  private static let models = Fixture.url("pipelines/sd15").path
  private static let clip = Fixture.url("clip/model").path

  private struct Line: Decodable {
    let by: String
    let score: Double?
    let kept: Bool
  }

  init() throws {
    folder = try TemporaryFolder()
    try folder.writeDataset("data")
  }

  private func path(_ name: String) -> String { folder.appending(name).path }

  private func arguments(_ more: [String]) -> [String] {
    [
      "augment", "--dataset", path("data"), "--output", path("out"), "--model",
      Self.models + "/model", "--adapter", Self.models + "/adapter", "--resolution", "64",
      "--images", "2", "--steps", "1", "--device", "cpu",
    ] + more
  }

  private func augment(_ more: String...) throws -> CommandLineTool.Outcome {
    try CommandLineTool.run(arguments(more)) { _ in }
  }

  private func list(_ name: String) throws -> [String] {
    try String(
      contentsOf: folder.appending("out/ImageSets/Segmentation/\(name).txt"), encoding: .utf8
    ).split(separator: "\n").map(String.init)
  }

  private func lines() throws -> [Line] {
    try String(contentsOf: folder.appending("out/filter.jsonl"), encoding: .utf8)
      .split(separator: "\n").map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
  }

  @Test func paintsMoreAndKeepsTheBest() throws {
    let options = ["--oversample", "2.5", "--keep-best", "clip-rank", "--clip", Self.clip]
    let result = try CommandLineTool.run(arguments(options + ["--json"])) { _ in }
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("kept 2 of 5 generated images, by clip-rank"))
    #expect(try list("generated").count == 5 && list("train").count == 6)
    #expect(try list("kept") == ["a"] + list("generated_kept"))
    let lines = try lines()
    #expect(lines.count == 5 && lines.count { $0.kept } == 2)
    #expect(lines.allSatisfy { $0.by == "clip-rank" && $0.score != nil })
    // What is reported is the balance of what is kept.
    let summary = try #require(
      JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect(summary["generated"] as? Int == 2)

    // It is what 'filter' does with the share that was asked for.
    let before = try tree(folder.appending("out"))
    let filtered = try CommandLineTool.run(
      "filter", path("out"), "--keep", "0.4", "--clip", Self.clip, "--device", "cpu")
    #expect(filtered.status == 0, "\(filtered.errors)")
    #expect(try tree(folder.appending("out")) == before)

    // Given again it paints nothing and says the same; with another factor it is another run.
    let again = try CommandLineTool.run(arguments(options)) { _ in }
    #expect(again.status == 0 && again.errors.contains("0 images painted, 5 were there already"))
    #expect(try tree(folder.appending("out")) == before)
    let other = try augment("--oversample", "2", "--keep-best", "clip-rank", "--clip", Self.clip)
    #expect(other.status == 73 && other.errors.contains("settings.oversampling is 2.5 there"))
  }

  /// Nothing is painted for a judge that is not there.
  @Test func looksAtTheJudgeFirst() throws {
    let missing = try augment(
      "--oversample", "2", "--keep-best", "clip-score", "--clip", path("none"))
    #expect(missing.status == 66 && missing.errors.contains("none"), "\(missing.errors)")
    let other = try augment(
      "--oversample", "2", "--keep-best", "agreement", "--segmenter", Self.clip)
    #expect(other.status == 65 && other.errors.contains("no segmenter"), "\(other.errors)")
    #expect(!FileManager.default.fileExists(atPath: path("out")))
  }

  @Test func saysWhatWouldBeKept() throws {
    let result = try augment(
      "--oversample", "3.3", "--keep-best", "clip-rank", "--clip", Self.clip, "--dry-run")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("2 of these 7 images will be kept, by clip-rank"))
  }

  @Test(arguments: [
    (["--oversample", "2"], "belong together"), (["--keep-best", "clip-rank"], "belong together"),
    (["--oversample", "2", "--keep-best", "clip-rank"], "needs --clip DIR"),
    (["--oversample", "2", "--keep-best", "agreement", "--clip", "x"], "needs --segmenter DIR"),
    (["--clip", "x"], "give --oversample X and --keep-best"),
    (
      ["--oversample", "0.5", "--keep-best", "clip-rank", "--clip", "x"],
      "more than once as many as are asked for"
    ),
  ])
  func refusesWhatDoesNotFit(options: [String], words: String) throws {
    let result = try CommandLineTool.run(arguments(options)) { _ in }
    #expect(result.status == 64 && result.errors.contains(words), "\(result.errors)")
  }

  @Test(arguments: [SIGINT, SIGKILL]) func isTheSameAfterAnInterruption(signal: Int32) throws {
    let options = ["--oversample", "2.5", "--keep-best", "clip-score", "--clip", Self.clip]
    #expect(try CommandLineTool.run(arguments(options)) { _ in }.status == 0)
    let whole = try tree(folder.appending("out"))
    try FileManager.default.moveItem(
      at: folder.appending("out"), to: folder.appending("whole"))
    let ledger = folder.appending("out/ledger.jsonl")
    for painted in [1, 5] {
      let stopped = try CommandLineTool.run(arguments(options)) { process in
        while process.isRunning, LedgerLines(of: ledger).images.count < painted { usleep(200) }
        kill(process.processIdentifier, signal)
      }
      #expect([130, -SIGKILL, 0].contains(stopped.status), "\(stopped.errors)")
    }
    #expect(try CommandLineTool.run(arguments(options)) { _ in }.status == 0)
    #expect(try tree(folder.appending("out")) == whole)
  }
}
