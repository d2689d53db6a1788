import Foundation
import ImageFiles
import NeuralLayers
import TestSupport
import Testing
import VisionModels

/// `spolvero filter` on images that a tiny random model painted.
@Suite struct FilterCommandTests {
  private let folder: TemporaryFolder
  private static let models = Fixture.url("pipelines/sd15").path
  private static let clip = Fixture.url("clip/model").path

  private struct Line: Decodable {
    let image, by: String
    let score: Double?
    let kept: Bool
    let decision: String?
  }

  /// Four images of a photograph with a dog.
  init() throws {
    folder = try TemporaryFolder()
    try folder.writeDataset("data")
    try folder.write("12 dog\n", "classes.txt")
    let result = try CommandLineTool.run(
      [
        "augment", "--dataset", path("data"), "--classes", path("classes.txt"), "--output",
        path("out"), "--model", Self.models + "/model", "--adapter", Self.models + "/adapter",
        "--resolution", "64", "--images", "4", "--steps", "1", "--device", "cpu",
      ]) { _ in }
    #expect(result.status == 0, "\(result.errors)")
  }

  private func path(_ name: String) -> String { folder.appending(name).path }

  private func filter(_ arguments: String...) throws -> CommandLineTool.Outcome {
    try CommandLineTool.run(["filter", path("out"), "--device", "cpu"] + arguments) { _ in }
  }

  private func lines() throws -> [Line] {
    try String(contentsOf: folder.appending("out/filter.jsonl"), encoding: .utf8)
      .split(separator: "\n").map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
  }

  private func list(_ name: String) throws -> [String] {
    try String(
      contentsOf: folder.appending("out/ImageSets/Segmentation/\(name).txt"), encoding: .utf8
    ).split(separator: "\n").map(String.init)
  }

  @Test(arguments: ["clip-rank", "clip-score"]) func choosesByCLIP(criterion: String) throws {
    let before = try tree(folder.appending("out"))
    let result = try filter("--keep", "0.5", "--by", criterion, "--clip", Self.clip)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("kept 2 of 4 generated images, by \(criterion)"))
    let lines = try lines()
    #expect(lines.count == 4 && lines.allSatisfy { $0.by == criterion && $0.score != nil })
    let scores = lines.compactMap(\.score).sorted(by: criterion == "clip-rank" ? (<) : (>))
    let worst = try #require(scores.prefix(2).last)
    for line in lines where line.kept {
      #expect(
        try criterion == "clip-rank" ? #require(line.score) <= worst : #require(line.score) >= worst
      )
    }
    #expect(try list("generated_kept").count == 2)
    #expect(try list("kept") == ["a"] + list("generated_kept"))
    // Nothing else is touched.
    let after = try tree(folder.appending("out"))
    for (name, contents) in before { #expect(after[name] == contents, "\(name)") }
    #expect(after.count == before.count + 3)
  }

  @Test func choosesByAgreementAndLeavesOpenWhatIsNotTrusted() throws {
    let model = folder.appending("segmenter")
    try FileManager.default.createDirectory(at: model, withIntermediateDirectories: true)
    try ModelFixture<SegformerForSemanticSegmentation>("segformer").write(to: model, adding: [:])
    try folder.write(
      #"{"size": {"height": 64, "width": 80}}"#, "segmenter/preprocessor_config.json")
    let result = try filter(
      "--keep", "0.25", "--by", "agreement", "--segmenter", model.path, "--ignore-untrusted",
      path("trusted"))
    #expect(result.status == 0, "\(result.errors)")
    #expect(try lines().count { $0.kept } == 1)
    let mask = try LabelImage(contentsOf: folder.appending("out/SegmentationClass/a_1.png"))
    let trusted = try LabelImage(
      contentsOf: folder.appending("trusted/SegmentationClass/a_1.png"))
    #expect(trusted.size == mask.size)
    #expect(zip(trusted.ids, mask.ids).allSatisfy { $0 == $1 || $0 == 255 })
  }

  private func decide(_ lines: String...) throws -> String {
    try folder.write(lines.map { $0 + "\n" }.joined(), "decisions.jsonl").path
  }

  @Test func leavesOutWhatIsRejectedAndKeepsFirstWhatIsAccepted() throws {
    let decisions = try decide(
      #"{"image": "JPEGImages/a_2.jpg", "decision": "reject"}"#, "",
      #"{"image": "a_4", "decision": "reject"}"#, #"{"image": "a_4", "decision": "accept"}"#)
    // Without a network all that is not rejected is kept, and judged by what the ledger says.
    let all = try filter("--decisions", decisions)
    #expect(all.status == 0, "\(all.errors)")
    #expect(
      all.output.contains("kept 3 of 4 generated images, by fit; 1 accepted, 1 rejected"))
    #expect(try list("generated_kept") == ["a_1", "a_3", "a_4"])
    #expect(try lines().map(\.decision) == [nil, "reject", nil, "accept"])

    let one = try filter("--decisions", decisions, "--keep", "0.25", "--clip", Self.clip)
    #expect(one.status == 0, "\(one.errors)")
    #expect(try list("kept") == ["a", "a_4"])
    #expect(try lines().allSatisfy { $0.by == "clip-rank" })
  }

  @Test func takesNoDecisionsAboutOtherImages() throws {
    let unknown = try filter("--decisions", decide(#"{"image": "b_1", "decision": "accept"}"#))
    #expect(unknown.status == 65 && unknown.errors.contains("line 1: the run has no image 'b_1'"))
    let anew = try filter(
      "--decisions",
      decide("", #"{"image": "a_1", "decision": "accept", "imageSHA256": "00"}"#))
    #expect(anew.status == 65 && anew.errors.contains("line 2: 'a_1' was painted anew"))
    let word = try filter("--decisions", decide(#"{"image": "a_1", "decision": "maybe"}"#))
    #expect(word.status == 65 && word.errors.contains("line 1: no decision. Expected"))
    let gone = try filter("--decisions", path("nowhere"))
    #expect(gone.status == 66, "\(gone.errors)")
    #expect(!FileManager.default.fileExists(atPath: path("out/filter.jsonl")))
  }

  @Test func choosesByWhatTheLedgerSays() throws {
    let result = try filter("--by", "fit", "--keep", "0.5")
    #expect(result.status == 0 && result.output.contains("by fit\n"), "\(result.errors)")
    let clip = try filter("--by", "fit", "--keep", "0.5", "--clip", Self.clip)
    #expect(clip.status == 64 && clip.errors.contains("not for --by fit"), "\(clip.errors)")
    let nothing = try filter()
    #expect(nothing.status == 64 && nothing.errors.contains("--decisions FILE is needed"))
  }

  @Test func saysWhatIsMissing() throws {
    let none = try filter("--keep", "0.5")
    #expect(none.status == 64 && none.errors.contains("needs --clip DIR"), "\(none.errors)")
    let share = try filter("--keep", "30", "--clip", Self.clip)
    #expect(share.status == 64 && share.errors.contains("at most 1"), "\(share.errors)")
    let plain = try CommandLineTool.run(
      "filter", path("data"), "--keep", "0.5", "--clip", Self.clip)
    #expect(plain.status != 0 && plain.errors.contains("ledger"), "\(plain.errors)")
    try FileManager.default.createDirectory(
      at: folder.appending("empty"), withIntermediateDirectories: true)
    let empty = try CommandLineTool.run(
      "filter", path("empty"), "--keep", "0.5", "--clip", Self.clip)
    #expect(empty.status == 66 && empty.errors.contains("no ledger"), "\(empty.errors)")
  }
}
