import Foundation
import ImageFiles
import Spolvero
import TestSupport
import Testing

/// `spolvero score` with a tiny random CLIP, and a random Inception of the published size.
@Suite struct ScoreCommandTests {
  private let folder: TemporaryFolder
  private static let clip = Fixture.url("clip/model").path

  private struct Report: Decodable {
    struct CLIP: Decodable {
      struct Entry: Decodable {
        let image, caption: String
        let score: Double
      }
      let mean: Double
      let each: [Entry]
    }
    struct FID: Decodable {
      let distance: Double
      let extrapolated: Double?
      let referenceImages: Int
    }
    let images: Int
    let clipScore: CLIP?
    let fid: FID?
  }

  init() throws { folder = try TemporaryFolder() }

  private func path(_ name: String) -> String { folder.appending(name).path }

  private func score(_ arguments: String...) throws -> CommandLineTool.Outcome {
    try CommandLineTool.run(["score", "--device", "cpu"] + arguments) { _ in }
  }

  private func report(_ result: CommandLineTool.Outcome) throws -> Report {
    try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
  }

  private func copyImages() throws {
    for number in 1...2 {
      let name = "image_prompt_\(number).png"
      try folder.write(
        Data(contentsOf: Fixture.url("pipelines/sd15/\(name)")), "images/\(name)")
    }
  }

  @Test func scoresCaptionsAsTheOriginal() throws {
    try copyImages()
    try folder.write(
      """
      {"image": "image_prompt_2", "caption": "two boats beside the road"}
      {"image": "image_prompt_1.png", "caption": "A photo of a dog"}
      """, "captions.jsonl")
    let result = try score(
      path("images"), "--clip", Self.clip, "--captions", path("captions.jsonl"), "--json")
    #expect(result.status == 0, "\(result.errors)")
    let expected = try Fixture("clip/expected")["clip_score"].floats()
    let found = try #require(report(result).clipScore)
    #expect(found.each.map(\.image) == ["image_prompt_1", "image_prompt_2"])
    expectClose(found.each.map { Float($0.score) }, [expected[0], expected[5]], within: .float32)
    expectClose([Float(found.mean)], [(expected[0] + expected[5]) / 2], within: .float32)
  }

  @Test func imagesWithoutACaptionAreSaid() throws {
    try copyImages()
    try folder.write("image,caption\nimage_prompt_1,a dog\n", "captions.csv")
    let result = try score(
      path("images"), "--clip", Self.clip, "--captions", path("captions.csv"))
    #expect(result.status == 0 && result.errors.contains("1 of 2 images have no caption"))
    #expect(result.output.contains("CLIPScore, mean"))

    let none = try score(path("images"), "--clip", Self.clip)
    #expect(none.status == 65 && none.errors.contains("no ledger"), "\(none.errors)")
    try folder.write("image,caption\nother,a dog\n", "captions.csv")
    let others = try score(
      path("images"), "--clip", Self.clip, "--captions", path("captions.csv"))
    #expect(others.status == 65 && others.errors.contains("none of these captions"))
  }

  @Test func anAugmentationsPromptsAreItsCaptions() throws {
    try folder.writeDataset("data")
    let models = Fixture.url("pipelines/sd15").path
    let augmented = try CommandLineTool.run([
      "augment", "--dataset", path("data"), "--output", path("out"), "--model", models + "/model",
      "--adapter", models + "/adapter", "--resolution", "64", "--images", "1", "--steps", "1",
    ]) { _ in }
    #expect(augmented.status == 0, "\(augmented.errors)")
    let result = try score(path("out"), "--clip", Self.clip, "--json")
    #expect(result.status == 0, "\(result.errors)")
    let found = try report(result)
    #expect(found.images == 1 && found.clipScore?.each[0].caption == "A photo of dog")
  }

  @Test func theDistanceIsThatOfPytorchFID() throws {
    let shapes = SyntheticParameters()
    _ = try FIDInceptionV3(Parameters(shapes, device: .meta), FIDInceptionConfiguration())
    try folder.write(#"{"_class_name": "FIDInceptionV3"}"#, "inception/config.json")
    try SeededWeights.write(
      shapes.requested, to: folder.appending("inception/diffusion_pytorch_model.safetensors"))
    for number in 0..<9 {
      let name = "demo_00000\(number).jpg"
      let file = Documents.root.appending(path: "Weights/demo/JPEGImages/\(name)")
      try folder.write(Data(contentsOf: file), (number < 4 ? "images/" : "reference/") + name)
    }
    let result = try score(
      path("images"), "--inception", path("inception"), "--reference", path("reference"), "--json")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("below 2048 compare it only"), "\(result.errors)")
    let found = try #require(report(result).fid)
    let expected = try Double(Fixture("fid")["files.distance"].floats()[0])
    #expect(
      (found.distance - expected).magnitude < 1e-4 * expected, "\(found.distance) \(expected)")
    #expect(found.referenceImages == 5 && found.extrapolated == nil)
  }

  @Test(arguments: [
    ([], "nothing to score with"), (["--inception", "x"], "belong together"),
    (["--reference", "x", "--clip", "y"], "belong together"),
    (["--inception", "x", "--reference", "y", "--captions", "z"], "--captions is for CLIPScore"),
  ])
  func refusesWhatDoesNotFit(arguments: [String], words: String) throws {
    let result = try CommandLineTool.run(["score", folder.url.path] + arguments) { _ in }
    #expect(result.status == 64 && result.errors.contains(words), "\(result.errors)")
  }

  @Test func refusesFoldersThatAreTooEmpty() throws {
    let empty = try score(folder.url.path, "--clip", Self.clip)
    #expect(empty.status == 66 && empty.errors.contains("no images here"), "\(empty.errors)")
    try copyImages()
    try folder.write(
      Data(contentsOf: Fixture.url("pipelines/sd15/image_prompt_1.png")), "one/a.png")
    let few = try score(path("one"), "--inception", "/nowhere", "--reference", path("images"))
    #expect(few.status == 65 && few.errors.contains("at least two of each"), "\(few.errors)")
  }
}
