import Foundation
import ImageFiles
import NeuralLayers
import SegmentationDatasets
import Spolvero
import TestSupport
import Testing
import VisionModels

/// `augment --recipe instances` and what looks at its results, with tiny random models.
@Suite struct InstanceCommandTests {
  private let folder: TemporaryFolder
  private static let models = Fixture.url("pipelines")

  /// A dataset of one photograph, 64 × 48 pixels, with a dog before another one and a person.
  init() throws {
    folder = try TemporaryFolder()
    let places = (0..<64 * 48).map { (x: $0 % 64, y: $0 / 64) }
    let instances: [UInt8] = places.map { x, y in
      guard (10..<40).contains(y) else { return 0 }
      if (4..<24).contains(x) { return 1 }
      return (24..<40).contains(x) ? 2 : (44..<60).contains(x) ? 3 : 0
    }
    let ids = instances.map { [0, 12, 12, 15][Int($0)] as UInt8 }
    func png(_ ids: [UInt8]) throws -> Data {
      try LabelImage(width: 64, height: 48, ids: ids).pngData()
    }
    let photograph = Image(
      width: 64, height: 48, channels: 3,
      pixels: places.indices.flatMap { place in
        [UInt8(30 + 9 * ids[place]), UInt8(places[place].x), UInt8(places[place].y)]
      })
    try folder.write(photograph.pngData(), "data/JPEGImages/a.png")
    try folder.write(png(ids), "data/SegmentationClass/a.png")
    try folder.write(png(instances), "data/SegmentationObject/a.png")
    try folder.write("a\n", "data/ImageSets/Segmentation/train.txt")
  }

  private func path(_ name: String) -> String { folder.appending(name).path }

  private func run(_ arguments: [String]) throws -> CommandLineTool.Outcome {
    try CommandLineTool.run(arguments) { _ in }
  }

  private func augment(_ model: String, _ more: [String] = []) throws -> CommandLineTool.Outcome {
    try run(
      [
        "augment", "--recipe", "instances", "--dataset", path("data"), "--output", path("out"),
        "--model", model, "--resolution", "64", "--steps", "4", "--images", "2", "--image-format",
        "png", "--device", "cpu", "--precision", "fp32",
      ] + more)
  }

  /// The folder of a small model of each kind.
  private func model(_ name: String) -> String {
    name == "inpainting"
      ? Documents.root.appending(path: "Weights/littleworld-inpainting").path
      : Self.models.appending(path: "\(name)/model").path
  }

  @Test(arguments: [
    ("sd15", "blended", []), ("inpainting", "inpainting", ["--batch-size", "4"]),
    ("gligen", "gligen", ["--box-steps", "0...1", "--seam", "2"]),
    ("gligen", "blended", ["--generator", "blended", "--wider-masks", "1", "--blended"]),
  ])
  func paintsWithEachGenerator(name: String, way: String, options: [String]) throws {
    let model = model(name)
    let result = try augment(model, options)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("instances"), "\(result.output)")
    let ledger = try String(contentsOf: folder.appending("out/ledger.jsonl"), encoding: .utf8)
    #expect(ledger.contains("\"instances\":\"\(way)\""), "\(ledger)")
    for number in 1...2 {
      for labels in ["SegmentationClass", "SegmentationObject"] {
        #expect(
          try Data(contentsOf: folder.appending("out/\(labels)/a_\(number).png"))
            == Data(contentsOf: folder.appending("data/\(labels)/a.png")))
      }
    }
    let (old, new) = (
      try Image(contentsOf: folder.appending("data/JPEGImages/a.png")).pixels,
      try Image(contentsOf: folder.appending("out/JPEGImages/a_1.png")).pixels
    )
    let numbers = try LabelImage(contentsOf: folder.appending("data/SegmentationObject/a.png")).ids
    let changed = numbers.indices.filter { old[3 * $0..<3 * $0 + 3] != new[3 * $0..<3 * $0 + 3] }
    #expect(Set(changed.map { numbers[$0] }) == [1, 2, 3])

    let again = try run(["reproduce", path("out/JPEGImages/a_2.png"), "--model", model])
    #expect(again.status == 0 && again.output.hasPrefix("same"), "\(again.errors)")
    let sheet = try run([
      "sheet", path("out"), "--by-instance", "--side", "32", "-o", path("sheet.png"),
    ])
    #expect(sheet.status == 0, "\(sheet.errors)")
    #expect(try Image(contentsOf: folder.appending("sheet.png")).width == 3 * 36 - 4)
    let report = try run(["report", path("out"), "-o", path("report.html")])
    #expect(report.status == 0, "\(report.errors)")
  }

  @Test func saysWhatItWouldMake() throws {
    struct Summary: Decodable {
      struct Instances: Decodable {
        let perClassBefore, perClassAfter: [String: Int]
        let repainted: Int
      }
      let instances: Instances
    }
    let plan = [
      "--recipe", "instances", "--dataset", path("data"), "--instances-per-image", "1",
      "--target-per-class", "3", "--json",
    ]
    let result = try run(["augment", "--dry-run"] + plan)
    #expect(result.status == 0, "\(result.errors)")
    let found = try JSONDecoder().decode(Summary.self, from: Data(result.output.utf8)).instances
    #expect(found.perClassBefore == ["dog": 2, "person": 1] && found.repainted == 3)
    #expect(found.perClassAfter == ["dog": 3, "person": 3])

    struct Cost: Decodable { let images, steps: Int }
    let cost = try run(
      ["plan"] + plan.dropLast(5)
        + ["--images", "2", "--steps", "3", "--resolution", "64", "--json"]
        + ["--model", model("sd15")])
    #expect(cost.status == 0, "\(cost.errors)")
    let numbers = try JSONDecoder().decode(Cost.self, from: Data(cost.output.utf8))
    #expect(numbers.images == 2 && numbers.steps == 2 * 3 * 3)
  }

  @Test(arguments: [
    (["--control", "x"], "leave out --control"), (["--prior", "canny"], "leave out --prior"),
    (["--repaint", "objects"], "leave out --repaint"),
    (["--captions", "x"], "leave out --captions"),
    (["--keep-painted-size"], "leave out --keep-painted-size"),
    (["--blended", "--generator", "gligen"], "--generator says 'gligen'"),
    (["--instance-prompt", "a photo"], "Option: --instance-prompt."),
    (["--instance-margin", "0.5"], "Option: --instance-margin."),
    (["--instances-per-image", "0"], "Option: --instances-per-image."),
    (["--box-steps", "0.5...0.2"], "--box-steps"),
    (["--generator", "magic"], "--generator"),
    (["--recipe", "repainting", "--least-instance", "9"], "belongs to --recipe instances"),
    (["--recipe", "repainting", "--mask-grow", "9"], "--mask-grow and --blended belong to"),
  ])
  func refusesWhatDoesNotBelongToInstances(options: [String], words: String) throws {
    let result = try augment(model("sd15"), options)
    #expect(result.status == 64 && result.errors.contains(words), "\(result.errors)")
  }

  @Test(arguments: [
    ("sd15", "inpainting", "--generator blended"), ("sd15", "gligen", "--generator blended"),
    ("gligen", "inpainting", "--generator gligen or blended"),
    ("inpainting", "blended", "--generator inpainting"),
  ])
  func refusesGeneratorsThatTheModelIsNot(name: String, way: String, option: String) throws {
    let result = try augment(model(name), ["--generator", way])
    #expect(result.status == 64, "\(result.errors)")
    #expect(result.errors.contains("cannot paint instances by \(way)"), "\(result.errors)")
    #expect(result.errors.hasSuffix("Option: \(option).\n"), "\(result.errors)")
    #expect(!FileManager.default.fileExists(atPath: path("out")))
  }

  @Test func refusesDatasetsWithoutWhatCouldBePainted() throws {
    let small = try augment(model("sd15"), ["--least-instance", "40"])
    #expect(small.status == 65 && small.errors.contains("All 3 instances"), "\(small.errors)")
    #expect(small.errors.hasSuffix("Options: --least-instance, --small-instances.\n"))
    try FileManager.default.removeItem(at: folder.appending("data/SegmentationObject"))
    let none = try augment(model("sd15"))
    #expect(none.status == 65 && none.errors.contains("has no instances"), "\(none.errors)")
    #expect(none.errors.hasSuffix("Option: --recipe.\n"), "\(none.errors)")
    let score = try run([
      "score", path("data"), "--by-instance", "--clip", Fixture.url("clip/model").path,
    ])
    #expect(score.status == 66 && score.errors.contains("one object"), "\(score.errors)")
    for options in [["--by-instance", "--segmenter", "x"], ["--least-instance", "3"]] {
      let result = try run(["score", path("data"), "--clip", "x"] + options)
      #expect(result.status == 64 && result.errors.contains("--by-instance"), "\(result.errors)")
    }
  }

  private struct Report: Decodable {
    struct CLIP: Decodable {
      struct Entry: Decodable {
        let image, caption: String
        let instance: Int?
        let score: Double
      }
      let each: [Entry]
    }
    struct FID: Decodable {
      let distance: Double
      let referenceImages: Int
    }
    let images: Int
    let instances: Int?
    let clipScore: CLIP?
    let fid: FID?
  }

  private func score(_ arguments: [String]) throws -> Report {
    let result = try run(["score", "--device", "cpu", "--json", "--by-instance"] + arguments)
    #expect(result.status == 0, "\(result.errors)")
    return try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
  }

  /// Of a run the instances that it has painted, of a dataset all of some size; each with its class's words.
  @Test func scoresInstancesByTheirClasses() throws {
    let painted = try augment(
      model("sd15"), ["--instances-per-image", "1", "--instance-prompt", "one {class}"])
    #expect(painted.status == 0, "\(painted.errors)")
    let clip = ["--clip", Fixture.url("clip/model").path]
    let made = try score([path("out")] + clip)
    #expect(made.images == 2 && made.instances == 2)
    let first = try #require(made.clipScore?.each.first)
    #expect(first.image == "a_1" && first.instance == 3 && first.caption == "one person")
    let data = try score([path("data")] + clip)
    #expect(data.images == 1 && data.instances == 3)
    #expect(
      data.clipScore?.each.map(\.caption)
        == ["a photo of a dog", "a photo of a dog", "a photo of a person"])
    #expect(try score([path("data"), "--least-instance", "24"] + clip).instances == 1)

    // The box of the person, by itself.
    let photograph = try Image(contentsOf: folder.appending("data/JPEGImages/a.png"))
    try folder.write(
      photograph.cropped(x: 44, y: 10, width: 16, height: 30).pngData(), "crops/person.png")
    try folder.write("image,caption\nperson,a photo of a person\n", "captions.csv")
    let alone = try run(
      ["score", path("crops"), "--device", "cpu", "--json", "--captions", path("captions.csv")]
        + clip)
    #expect(
      try JSONDecoder().decode(Report.self, from: Data(alone.output.utf8)).clipScore?.each[0].score
        == data.clipScore?.each[2].score)

    try folder.write(
      JSONSerialization.data(
        withJSONObject: [
          "images": 2, "clipScore": ["mean": 1, "each": made.clipScore.map(Self.entries) ?? []],
        ]), "score.json")
    let report = try run([
      "report", path("out"), "--scores", path("score.json"), "-o", path("report.html"),
    ])
    #expect(report.status == 0, "\(report.errors)")
  }

  private static func entries(of clip: Report.CLIP) -> [[String: Any]] {
    clip.each.map {
      ["image": $0.image, "caption": $0.caption, "score": $0.score, "instance": $0.instance ?? 0]
    }
  }

  @Test func theDistanceIsBetweenInstances() throws {
    let shapes = SyntheticParameters()
    _ = try FIDInceptionV3(Parameters(shapes, device: .meta), FIDInceptionConfiguration())
    try folder.write(#"{"_class_name": "FIDInceptionV3"}"#, "inception/config.json")
    try SeededWeights.write(
      shapes.requested, to: folder.appending("inception/diffusion_pytorch_model.safetensors"))
    #expect(try augment(model("sd15")).status == 0)
    let found = try score([
      path("out"), "--inception", path("inception"), "--reference", path("data"),
    ])
    let distance = try #require(found.fid)
    #expect(found.instances == 6 && distance.referenceImages == 3 && distance.distance > 0)
    let own = try score([
      path("data"), "--inception", path("inception"), "--reference", path("data"),
    ])
    #expect(try #require(own.fid).distance < 1e-3 * distance.distance)
  }
}
