import Foundation
import ImageFiles
import NeuralLayers
import SegmentationDatasets
import TestSupport
import Testing
import VisionModels

/// `spolvero evaluate --instances` on a dataset of two photographs.
@Suite struct EvaluateInstancesTests {
  private let folder: TemporaryFolder

  private struct Report: Decodable {
    struct Class: Decodable {
      let name: String
      let objects: Int
      let ap: Double?
    }
    let images: Int
    let ap, ap50, ap75, apSmall, apLarge: Double?
    let classes: [Class]
  }

  /// Two dogs side by side in each; a column between them is a rim.
  init() throws {
    folder = try TemporaryFolder()
    let photograph = Image(width: 9, height: 4, channels: 3, fill: 90)
    for stem in ["2007_000001", "2007_000002"] {
      try folder.write(photograph.jpegData(), "data/JPEGImages/\(stem).jpg")
      for (place, row) in [
        ("Class", [12, 12, 12, 12, 255, 12, 12, 12, 12]),
        ("Object", [1, 1, 1, 1, 255, 2, 2, 2, 2]),
      ] {
        let ids = repeatElement(row, count: 4).joined().map(UInt8.init)
        try folder.write(
          LabelImage(width: 9, height: 4, ids: ids).pngData(),
          "data/Segmentation\(place)/\(stem).png")
      }
    }
    try folder.write("2007_000001\n2007_000002\n", "data/ImageSets/Segmentation/val.txt")
  }

  private func path(_ name: String) -> String { folder.appending(name).path }

  private func evaluate(_ arguments: String...) throws -> CommandLineTool.Outcome {
    try CommandLineTool.run(
      ["evaluate", "--dataset", path("data"), "--split", "val"] + arguments
    ) { _ in }
  }

  /// Dogs in columns, one an image.
  private func found(_ columns: [ClosedRange<Int>], category: Int = 12) -> [COCOInstances
    .Annotation]
  {
    columns.enumerated().map { index, range in
      COCOInstances.Annotation(
        image: index + 1, category: category,
        mask: RunLengthMask(width: 9, height: 4) { x, _ in range.contains(x) }, score: 0.9)
    }
  }

  private static let images = [1, 2].map {
    COCOInstances.Image(id: $0, fileName: "2007_00000\($0).jpg", width: 9, height: 4)
  }

  private func write(
    images: [COCOInstances.Image] = images, categories: [String] = ["hound"],
    _ annotations: [COCOInstances.Annotation]
  ) throws {
    let file = COCOInstances(
      images: images,
      categories: categories.enumerated().map { .init(id: $0.offset + 12, name: $0.element) },
      annotations: annotations)
    try folder.write(file.json(), "found.json")
  }

  @Test func comparesObjects() throws {
    // One dog of four is found whole, one by three of its four columns.
    try write(found([0...3, 6...8]))
    try folder.write("12 dog\n", "classes.txt")
    try folder.write(#"{"hound": "dog"}"#, "map.json")
    let options = ["--classes", path("classes.txt"), "--class-map", path("map.json")]
    let result = try evaluate(
      "--instances", path("found.json"), options[0], options[1], options[2], options[3], "--json")
    #expect(result.status == 0, "\(result.errors)")
    let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
    #expect(report.images == 2 && report.classes.map(\.name) == ["dog"])
    #expect(report.classes.map(\.objects) == [4])
    // Half of the recalls at IoU up to 0.75, a quarter of them above.
    #expect(abs((report.ap50 ?? 0) - 51 / 101.0) < 1e-9 && report.ap75 == report.ap50)
    #expect(abs((report.ap ?? 0) - (6 * 51 + 4 * 26) / 1010.0) < 1e-9)
    #expect(report.apSmall == report.ap && report.apLarge == nil)
    let text = try evaluate(
      "--instances", path("found.json"), options[0], options[1], options[2], options[3])
    #expect(text.output.contains("AP50       50.50 %"), "\(text.output) \(text.errors)")
  }

  /// COCO's format of results: a list, with the ids of a dataset that was written for it.
  @Test func readsAListOfResults() throws {
    let mask = RunLengthMask(width: 9, height: 4) { x, _ in x < 4 }
    let list = """
      [{"image_id": 2007000001, "category_id": 12, "score": 0.5,
        "segmentation": {"size": [4, 9], "counts": "\(mask.text)"}},
       {"image_id": 2007000002, "category_id": 12, "score": 0.5,
        "segmentation": {"size": [4, 9], "counts": [0, 16, 20]}}]
      """
    try folder.write(list, "list.json")
    let result = try evaluate("--instances", path("list.json"), "--json")
    #expect(result.status == 0, "\(result.errors)")
    let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
    #expect(abs((report.ap ?? 0) - 51 / 101.0) < 1e-9 && report.classes.count == 20)
  }

  @Test func saysWhatDoesNotFit() throws {
    func expect(_ status: Int32, _ words: String, _ more: String...) throws {
      let result = try CommandLineTool.run(
        [
          "evaluate", "--dataset", path("data"), "--split", "val", "--instances",
          path("found.json"),
        ] + more
      ) { _ in }
      #expect(result.status == status && result.errors.contains(words), "\(result.errors)")
    }
    try folder.write("12 dog\n", "classes.txt")
    let classes = path("classes.txt")
    try write(found([0...3]))
    try expect(65, "--class-map", "--classes", classes)
    try write(images: [Self.images[0]], categories: ["dog"], found([0...3]))
    try expect(65, "of 2 images of the split, 1 are not in this file", "--classes", classes)
    try write(categories: ["dog"], found([0...3, 0...3, 0...3]))
    try expect(65, "image 3, which is none of the file's", "--classes", classes)
    let small = RunLengthMask(width: 3, height: 4) { _, _ in true }
    try write(categories: ["dog"], [.init(image: 1, category: 12, mask: small, score: 1)])
    try expect(65, "a mask of 3×4 pixels, the image's mask 9×4", "--classes", classes)
    try folder.write(
      #"[{"image_id": 1, "category_id": 12, "score": 1, "segmentation": [[1, 2, 3, 4, 5, 6]]}]"#,
      "found.json")
    try expect(65, "no run-length mask")
    try folder.write(
      #"[{"image_id": 2007000001, "category_id": 99, "segmentation": {"size": [4, 9], "counts": "T1"}}]"#,
      "found.json")
    try expect(65, "class 99, which the dataset has not")
    try folder.write("{}", "found.json")
    try expect(65, "COCO's format")
    try FileManager.default.removeItem(at: folder.appending("found.json"))
    try expect(66, "found.json")
    try expect(64, "not of objects", "--confusion", path("c.png"))
    let predictions = try evaluate("--predictions", path("data"), "--by-instance")
    #expect(predictions.status == 64 && predictions.errors.contains("--by-instance"))
  }

  @Test func wantsADatasetWithInstances() throws {
    try write(categories: ["dog"], found([0...3]))
    try folder.write("12 dog\n", "classes.txt")
    try FileManager.default.removeItem(at: folder.appending("data/SegmentationObject"))
    let result = try evaluate(
      "--instances", path("found.json"), "--classes", path("classes.txt"))
    #expect(result.status == 66 && result.errors.contains("instance masks"), "\(result.errors)")
  }

  @Test func asksASegmenterForObjects() throws {
    let model = folder.appending("model")
    try FileManager.default.createDirectory(at: model, withIntermediateDirectories: true)
    try ModelFixture<Mask2FormerForUniversalSegmentation>("mask2former").write(
      to: model, adding: [:])
    try folder.write(
      #"{"size": {"height": 32, "width": 52}, "size_divisor": 4}"#, "model/preprocessor_config.json"
    )
    try folder.write("12 dog\n", "classes.txt")
    let result = try evaluate(
      "--segmenter", model.path, "--by-instance", "--classes", path("classes.txt"), "--device",
      "cpu", "--json")
    #expect(result.status == 0, "\(result.errors)")
    let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
    #expect(report.classes.map(\.objects) == [4] && report.ap != nil)
  }
}
