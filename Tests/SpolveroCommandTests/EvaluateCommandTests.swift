import Foundation
import ImageFiles
import NeuralLayers
import TestSupport
import Testing
import VisionModels

/// `spolvero evaluate` on a dataset of two photographs.
@Suite struct EvaluateCommandTests {
  private let folder: TemporaryFolder

  private struct Report: Decodable {
    struct Class: Decodable {
      let name: String
      let iou: Double?
    }
    let images: Int
    let meanIoU, pixelAccuracy: Double?
    let classes: [Class]
  }

  /// Half a dog and half a cat, with a rim between them.
  init() throws {
    folder = try TemporaryFolder()
    let photograph = Image(width: 10, height: 4, channels: 3, fill: 90)
    for stem in ["a", "b"] {
      try folder.write(photograph.jpegData(), "data/JPEGImages/\(stem).jpg")
      try folder.write(
        Self.mask([12, 12, 12, 12, 255, 8, 8, 8, 8, 8]), "data/SegmentationClass/\(stem).png")
    }
    try folder.write("a\nb\n", "data/ImageSets/Segmentation/val.txt")
  }

  /// A label image of four equal rows.
  private static func mask(_ row: [UInt8]) throws -> Data {
    let ids = Array(repeatElement(row, count: 4).joined())
    return try LabelImage(width: row.count, height: 4, ids: ids).pngData()
  }

  private func path(_ name: String) -> String { folder.appending(name).path }

  private func evaluate(_ arguments: String...) throws -> CommandLineTool.Outcome {
    try CommandLineTool.run(
      [
        "evaluate", "--predictions", path("predictions"), "--dataset", path("data"), "--split",
        "val",
      ] + arguments
    ) { _ in }
  }

  @Test func comparesPredictions() throws {
    try folder.write(
      Self.mask([12, 12, 12, 12, 12, 8, 8, 8, 8, 8]), "predictions/a.png")
    // A cat that was taken for a dog in two columns of five.
    try folder.write(
      Self.mask([12, 12, 12, 12, 0, 12, 12, 8, 8, 8]), "predictions/b.png")
    let result = try evaluate("--json", "--confusion", path("confusion.png"))
    #expect(result.status == 0, "\(result.errors)")
    let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
    #expect(report.images == 2 && report.classes.count == 21)
    let ious = report.classes.filter { $0.iou != nil }
    #expect(ious.map(\.name) == ["cat", "dog"])
    #expect(ious.map { $0.iou ?? 0 } == [0.8, 0.8])
    #expect(report.meanIoU == 0.8 && report.pixelAccuracy == 16.0 / 18)
    #expect(try Image(contentsOf: folder.appending("confusion.png")).width == 22 * 16)

    let drawn = try evaluate("--confusion", path("confusion.svg"))
    #expect(drawn.status == 0, "\(drawn.errors)")
    let drawing = try String(contentsOf: folder.appending("confusion.svg"), encoding: .utf8)
    #expect(drawing.contains("<title>cat taken for dog: 20.0 %</title>"))

    let text = try evaluate().output
    #expect(text.contains("mIoU            80.00 %") && text.contains("pixel accuracy  88.89 %"))
  }

  @Test func namesWhatIsMissing() throws {
    try folder.write(Self.mask([UInt8](repeating: 8, count: 10)), "predictions/b.png")
    let result = try evaluate("--confusion", path("confusion.png"))
    #expect(result.status == 66, "\(result.errors)")
    #expect(result.errors.contains("predictions/a.png") && result.errors.contains("of 2 images"))
    #expect(try !folder.contents.contains("confusion.png"))
  }

  @Test func refusesPredictionsOfAnotherSize() throws {
    for stem in ["a", "b"] {
      try folder.write(
        Self.mask([UInt8](repeating: 8, count: 5)), "predictions/\(stem).png")
    }
    let result = try evaluate()
    #expect(result.status == 65 && result.errors.contains("5×4 pixels, the mask 10×4"))
  }

  @Test func refusesPicturesForPredictions() throws {
    for stem in ["a", "b"] {
      try folder.write(
        Image(width: 10, height: 4, channels: 3, fill: 9).pngData(), "predictions/\(stem).png")
    }
    #expect(try evaluate().status == 65)
  }

  /// A segmenter of five classes, of which one is a dog.
  @Test func asksASegmenterOfOtherClasses() throws {
    try folder.writeDataset("one")
    let model = folder.appending("model")
    try FileManager.default.createDirectory(at: model, withIntermediateDirectories: true)
    try ModelFixture<SegformerForSemanticSegmentation>("segformer").write(to: model, adding: [:])
    try folder.write(
      Data(#"{"size": {"height": 64, "width": 80}}"#.utf8), "model/preprocessor_config.json")
    func evaluate(_ more: String...) throws -> CommandLineTool.Outcome {
      try CommandLineTool.run(
        ["evaluate", "--segmenter", model.path, "--dataset", path("one"), "--device", "cpu"] + more
      ) { _ in }
    }
    let other = try evaluate()
    #expect(other.status == 65 && other.errors.contains("--class-map"), "\(other.errors)")
    try folder.write("12 dog\n", "classes.txt")
    let found = try evaluate("--classes", path("classes.txt"), "--json")
    #expect(found.status == 0, "\(found.errors)")
    let report = try JSONDecoder().decode(Report.self, from: Data(found.output.utf8))
    #expect(report.classes.map(\.name) == ["background", "dog"])
    try folder.write(#"{"road": "dog", "cloud": null}"#, "map.json")
    let map = try evaluate("--classes", path("classes.txt"), "--class-map", path("map.json"))
    #expect(map.status == 65 && map.errors.contains("no class 'cloud'"), "\(map.errors)")
  }
}
