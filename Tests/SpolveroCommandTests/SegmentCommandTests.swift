import Foundation
import ImageFiles
import NeuralLayers
import Tensors
import TestSupport
import Testing
import VisionModels

/// `spolvero segment` with a tiny random network.
@Suite struct SegmentCommandTests {
  private let folder: TemporaryFolder
  private static let scene = Fixture.url("annotators/scene.png").path

  init() throws {
    folder = try TemporaryFolder()
    let model = folder.appending("model")
    try FileManager.default.createDirectory(at: model, withIntermediateDirectories: true)
    try ModelFixture<SegformerForSemanticSegmentation>("segformer").write(to: model, adding: [:])
    try Data(#"{"size": {"height": 64, "width": 80}, "resample": 2}"#.utf8)
      .write(to: model.appending(path: "preprocessor_config.json"))
  }

  private func path(_ name: String) -> String { folder.appending(name).path }

  private func segment(_ arguments: String...) throws -> CommandLineTool.Outcome {
    try CommandLineTool.run(["segment", "--device", "cpu"] + arguments) { _ in }
  }

  @Test func writesLabelsAndOverlays() throws {
    let result = try segment(
      Self.scene, "--model", path("model"), "-o", path("labels.png"), "--overlays",
      path("overlays"))
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("labels.png: road "))
    let labels = try LabelImage(contentsOf: folder.appending("labels.png"))
    let expected = try Fixture("models/segformer").bytes("labels")
    #expect(zip(labels.ids, expected).count { $0 != $1 } <= expected.count / 2000)
    let overlay = try Image(contentsOf: folder.appending("overlays/scene.png"))
    #expect(overlay.size == labels.size)
  }

  @Test func segmentsAPhotographOfADataset() throws {
    try folder.writeDataset("data")
    let result = try segment(
      path("data"), "--model", path("model"), "-o", path("labels"), "--json")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains(#""labels" : "#), "\(result.output)")
    let labels = try LabelImage(contentsOf: folder.appending("labels/a.png"))
    #expect(labels.size == ImageSize(width: 48, height: 40))
  }

  @Test func segmentsAFolderOfImages() throws {
    for name in ["a.PNG", "b.png"] {
      try folder.write(Data(contentsOf: Fixture.url("annotators/scene.png")), "photos/" + name)
    }
    try folder.write("", "photos/notes.txt")
    let result = try segment(path("photos"), "--model", path("model"), "-o", path("labels"))
    #expect(result.status == 0, "\(result.errors)")
    for name in ["a", "b"] {
      #expect(FileManager.default.fileExists(atPath: path("labels/\(name).png")))
    }
    try FileManager.default.createDirectory(
      at: folder.appending("empty"), withIntermediateDirectories: true)
    let empty = try segment(path("empty"), "--model", path("model"), "-o", path("none"))
    #expect(empty.status == 66 && empty.errors.contains("no images here"), "\(empty.errors)")
  }

  @Test func saysWhatIsWrong() throws {
    let two = try segment(
      Self.scene, Self.scene, "--model", path("model"), "-o", path("labels.png"))
    #expect(two.status == 64 && two.errors.contains("Name a folder"), "\(two.errors)")
    let none = try segment(
      path("none.png"), "--model", path("model"), "-o", path("labels.png"))
    #expect(none.status == 66 && none.errors.contains("none.png"), "\(none.errors)")
    let clip = try segment(
      Self.scene, "--model", Fixture.url("annotators/hed").path, "-o", path("labels.png"))
    let images = try segment(
      Self.scene, "--model", Fixture.url("annotators").path, "-o", path("labels.png"))
    #expect(images.status == 66 && images.errors.contains("there is no config.json here"))
    #expect(clip.status == 65 && clip.errors.contains("ControlNetHED, which is no segmenter"))
    #expect(!FileManager.default.fileExists(atPath: path("labels.png")))
  }

  /// A network that finds objects.
  private func writeMask2Former() throws {
    let model = folder.appending("masks")
    try FileManager.default.createDirectory(at: model, withIntermediateDirectories: true)
    try ModelFixture<Mask2FormerForUniversalSegmentation>("mask2former").write(
      to: model, adding: [:])
    try folder.write(
      #"{"size": {"shortest_edge": 32, "longest_edge": 64}, "size_divisor": 4}"#,
      "masks/preprocessor_config.json")
  }

  @Test func writesObjectsInCOCOsFormat() throws {
    try writeMask2Former()
    let result = try segment(
      Self.scene, "--model", path("masks"), "--instances", path("found.json"), "-o",
      path("labels.png"))
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("scene.png: tree 0.9"), "\(result.output)")
    let file = try JSONDecoder().decode(
      Found.self, from: Data(contentsOf: folder.appending("found.json")))
    #expect(file.images.map(\.file_name) == ["scene.png"])
    #expect(file.categories.map(\.name) == ["wall", "sky", "tree", "road", "dog"])
    #expect(file.annotations.map(\.id) == Array(1...file.annotations.count))
    #expect(file.annotations.allSatisfy { $0.image_id == 1 && $0.score >= 0.5 })
    #expect(
      file.annotations.allSatisfy { $0.segmentation.size == [96, 150] && $0.bbox.count == 4 })
    #expect(try LabelImage(contentsOf: folder.appending("labels.png")).width == 150)

    let more = try segment(
      Self.scene, "--model", path("masks"), "--instances", path("more.json"), "--min-score", "0",
      "--json")
    #expect(more.status == 0 && more.output.contains(#""objects" : ["#), "\(more.errors)")
    let all = try JSONDecoder().decode(
      Found.self, from: Data(contentsOf: folder.appending("more.json")))
    #expect(all.annotations.count > file.annotations.count)
  }

  private struct Found: Decodable {
    struct Image: Decodable { let file_name: String }
    struct Category: Decodable { let name: String }
    struct Annotation: Decodable {
      struct Segmentation: Decodable {
        let size: [Int]
        let counts: String
      }
      let id, image_id, category_id: Int
      let segmentation: Segmentation
      let bbox: [Double]
      let score: Double
    }
    let images: [Image]
    let categories: [Category]
    let annotations: [Annotation]
  }

  @Test func refusesObjectsOfWhatFindsNone() throws {
    let none = try segment(
      Self.scene, "--model", path("model"), "--instances", path("found.json"))
    #expect(none.status == 65, "\(none.errors)")
    #expect(none.errors.contains("no objects. These do: Mask2FormerForUniversalSegmentation"))
    #expect(!FileManager.default.fileExists(atPath: path("found.json")))
    let nothing = try segment(Self.scene, "--model", path("model"))
    #expect(nothing.status == 64 && nothing.errors.contains("--instances FILE.json"))
    let overlays = try segment(
      Self.scene, "--model", path("model"), "--instances", path("f.json"), "--overlays", path("o"))
    #expect(overlays.status == 64)
    try writeMask2Former()
    try FileManager.default.removeItem(at: folder.appending("masks/preprocessor_config.json"))
    let half = try segment(Self.scene, "--model", path("masks"), "--instances", path("found.json"))
    #expect(half.status == 66 && half.errors.contains("preprocessor_config.json"), "\(half.errors)")
    // The network without its head.
    let config = try Data(contentsOf: folder.appending("masks/config.json"))
    let other = String(decoding: config, as: UTF8.self)
      .replacing("Mask2FormerForUniversalSegmentation", with: "Mask2FormerModel")
    try folder.write(other, "masks/config.json")
    let headless = try segment(Self.scene, "--model", path("masks"), "-o", path("labels.png"))
    #expect(headless.status == 65 && headless.errors.contains("Mask2FormerModel"))
  }
}
