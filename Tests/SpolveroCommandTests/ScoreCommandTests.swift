import Foundation
import ImageFiles
import NeuralLayers
import Spolvero
import TestSupport
import Testing
import VisionModels

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
    struct Agreement: Decodable {
      struct Class: Decodable {
        let name: String
        let images: Int
        let iou, boundaryIoU: Double?
      }
      struct Entry: Decodable {
        let image: String
        let meanIoU, meanBoundaryIoU: Double?
        let iou: [String: Double]
      }
      let meanIoU, meanBoundaryIoU: Double?
      let classes: [Class]
      let each: [Entry]
    }
    let images: Int
    let clipScore: CLIP?
    let fid: FID?
    let agreement: Agreement?
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

  /// A segmenter of five classes, of which one is a dog, on two images that show nothing else.
  private func writeSegmenter() throws {
    try folder.write(
      #"{"size": {"height": 64, "width": 80}}"#, "segmenter/preprocessor_config.json")
    try ModelFixture<SegformerForSemanticSegmentation>("segformer")
      .write(to: folder.appending("segmenter"), adding: [:])
    try folder.writeDataset("data")
    try folder.write("12 dog\n", "classes.txt")
  }

  @Test func aSegmentersAgreementIsThatOfEvaluate() throws {
    try writeSegmenter()
    let options = ["--segmenter", path("segmenter"), "--classes", path("classes.txt"), "--json"]
    let result = try CommandLineTool.run(
      ["score", path("data"), "--device", "cpu", "--plot", path("plot.svg")] + options
    ) { _ in }
    #expect(result.status == 0, "\(result.errors)")
    let found = try #require(report(result).agreement)
    #expect(found.classes.map(\.name) == ["background", "dog"])
    #expect(found.classes.map(\.images) == [0, 1])
    #expect(found.each.map(\.image) == ["a"] && found.each[0].meanIoU == found.meanIoU)
    #expect(found.each[0].iou["dog"] == found.classes[1].iou)
    #expect(found.meanBoundaryIoU == found.each[0].meanBoundaryIoU)
    #expect(try String(contentsOf: folder.appending("plot.svg"), encoding: .utf8).contains(">dog<"))

    struct Evaluation: Decodable { let meanIoU: Double? }
    let evaluated = try CommandLineTool.run(
      ["evaluate", "--dataset", path("data"), "--device", "cpu"] + options
    ) { _ in }
    #expect(
      try JSONDecoder().decode(Evaluation.self, from: Data(evaluated.output.utf8)).meanIoU
        == found.meanIoU)
    let text = try CommandLineTool.run(
      ["score", path("data"), "--device", "cpu"] + options.dropLast()
    ) { _ in }
    #expect(
      text.output.contains("agreement, mIoU in %") && text.output.contains("boundary IoU in %"))
  }

  @Test func saysWhichClassesDoNotFit() throws {
    try writeSegmenter()
    let other = try score(path("data"), "--segmenter", path("segmenter"))
    #expect(other.status == 65 && other.errors.contains("Option: --class-map."), "\(other.errors)")
    #expect(other.errors.contains("no class called aeroplane"), "\(other.errors)")
    try folder.write("7 dog\n", "other.txt")
    let ids = try score(
      path("data"), "--segmenter", path("segmenter"), "--classes", path("other.txt"))
    #expect(ids.status == 65 && ids.errors.contains("beyond the class list (12)"), "\(ids.errors)")
    for (text, words) in [
      (#"{"hound": "dog"}"#, "no class 'hound'"), (#"{"road": "hound"}"#, "no class 'hound'"),
      (#"["road"]"#, "found an array instead"),
    ] {
      try folder.write(text, "map.json")
      let map = try score(
        path("data"), "--segmenter", path("segmenter"), "--classes", path("classes.txt"),
        "--class-map", path("map.json"))
      #expect(map.status == 65 && map.errors.contains(words), "\(map.errors)")
    }
    try copyImages()
    let bare = try score(path("images"), "--segmenter", path("segmenter"))
    #expect(bare.status == 65 && bare.errors.contains("no masks"), "\(bare.errors)")
  }

  @Test(arguments: [
    (["--plot", "a.svg", "--clip", "x"], "give --segmenter DIR"),
    (["--plot", "a.png", "--segmenter", "x"], "ends in .svg"),
    (["--class-map", "x", "--clip", "y"], "--class-map is for"),
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

  /// What is named as a model is another one, or half of one.
  @Test func refusesOtherModels() throws {
    try copyImages()
    let inception = try score(
      path("images"), "--inception", Self.clip, "--reference", path("images"))
    #expect(inception.status == 65, "\(inception.errors)")
    #expect(inception.errors.contains("names CLIPModel; expected FIDInceptionV3"))
    try folder.write("image,caption\nimage_prompt_1,a dog\n", "captions.csv")
    for (model, words) in [
      ("pipelines/sd15/model/text_encoder", "this is a CLIPTextModel"),
      ("pipelines/sd15/model", "nothing looks at images"),
    ] {
      let clip = try score(
        path("images"), "--clip", Fixture.url(model).path, "--captions", path("captions.csv"))
      #expect(clip.status == 65 && clip.errors.contains(words), "\(clip.errors)")
    }
  }
}
