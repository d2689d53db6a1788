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
    let expected = try Fixture("models/segformer")["labels"].floats()
    #expect(zip(labels.ids, expected).count { Float($0) != $1 } <= expected.count / 2000)
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
}
