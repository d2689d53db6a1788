import Foundation
import TestSupport
import Testing

/// `spolvero report` on images that a tiny random model painted.
@Suite struct ReportCommandTests {
  private let folder: TemporaryFolder
  private static let models = Fixture.url("pipelines/sd15").path

  init() throws {
    folder = try TemporaryFolder()
    try folder.writeDataset("data")
    let result = try CommandLineTool.run(
      [
        "augment", "--dataset", path("data"), "--output", path("out"), "--model",
        Self.models + "/model", "--adapter", Self.models + "/adapter", "--resolution", "64",
        "--images", "4", "--steps", "1", "--device", "cpu",
      ]) { _ in }
    #expect(result.status == 0, "\(result.errors)")
  }

  private func path(_ name: String) -> String { folder.appending(name).path }

  private func report(_ arguments: String...) throws -> CommandLineTool.Outcome {
    try CommandLineTool.run(["report", path("out"), "-o", path("report.html")] + arguments) { _ in }
  }

  private func html() throws -> String {
    try String(contentsOf: folder.appending("report.html"), encoding: .utf8)
  }

  @Test func writesOneFile() throws {
    let before = try tree(folder.appending("out"))
    let result = try report()
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.hasSuffix("report.html\n"))
    #expect(result.errors.contains(/4 images, \d+\.\d MB/), "\(result.errors)")
    #expect(try html().hasPrefix("<!doctype html>"))
    #expect(try tree(folder.appending("out")) == before)
    #expect(try folder.contents == ["data", "out", "report.html"])
  }

  @Test func showsTheScoresThatThereAre() throws {
    let clip = Fixture.url("clip/model").path
    let score = try CommandLineTool.run("score", path("out"), "--clip", clip, "--json")
    try folder.write(score.output, "scores.json")
    _ = try CommandLineTool.run("filter", path("out"), "--keep", "0.5", "--clip", clip)
    #expect(try report("--scores", path("scores.json")).status == 0)
    let text = try html()
    // These masks have no outline that an image could follow.
    #expect(
      text.contains(
        #""scores":[{"isRank":true,"name":"clip-rank"},{"isRank":false,"name":"CLIPScore"}]"#))
    #expect(text.contains(#""facts":[["CLIPScore, mean",""#))
  }

  @Test func showsAnUnfinishedRun() throws {
    try FileManager.default.removeItem(
      at: folder.appending("out/ImageSets/Segmentation/train.txt"))
    let result = try report("--worst", "2")
    #expect(result.status == 0 && result.errors.contains("not finished"), "\(result.errors)")
    #expect(try html().contains(#""isFinished":false"#))
  }

  @Test func saysWhatIsWrong() throws {
    let both = try report("--worst", "1", "--limit", "1")
    #expect(both.status == 64 && both.errors.contains("exclude each other"))
    #expect(try report("--side", "8").status == 64)
    try folder.write("{}", "scores.json")
    let none = try report("--scores", path("scores.json"))
    #expect(none.status == 65 && none.errors.contains("score --json"), "\(none.errors)")
    try folder.write(
      #"{"images": 1, "clipScore": {"mean": 1, "each": [{"image": "b", "caption": "", "score": 1}]}}"#,
      "scores.json")
    let other = try report("--scores", path("scores.json"))
    #expect(other.status == 65 && other.errors.contains("none of these scores"), "\(other.errors)")
    #expect(!FileManager.default.fileExists(atPath: path("report.html")))
  }
}
