import Foundation
import ImageFiles
import TestSupport
import Testing

/// Datasets of other layouts through the commands, with a tiny random model.
@Suite struct LayoutCommandTests {
  private let folder: TemporaryFolder
  private static let models = Fixture.url("pipelines/sd15").path

  /// Cityscapes with one street, whose hood is left open.
  init() throws {
    folder = try TemporaryFolder()
    let stem = "ulm/ulm_000001_000019"
    let photograph = Image(width: 48, height: 40, channels: 3, fill: 90)
    try folder.write(photograph.pngData(), "data/leftImg8bit/train/\(stem)_leftImg8bit.png")
    let ids = (0..<48 * 40).map { $0 % 48 < 20 ? 0 : $0 / 48 > 35 ? 255 : 13 as UInt8 }
    try folder.write(
      LabelImage(width: 48, height: 40, ids: ids).pngData(),
      "data/gtFine/train/\(stem)_gtFine_labelTrainIds.png")
  }

  private func path(_ name: String) -> String { folder.appending(name).path }

  private func run(_ arguments: String...) throws -> CommandLineTool.Outcome {
    try CommandLineTool.run(arguments) { _ in }
  }

  @Test func theLayoutIsSaidAndMayBeForced() throws {
    let found = try run("statistics", path("data"), "--json")
    #expect(found.status == 0, "\(found.errors)")
    #expect(found.errors.contains("layout: cityscapes (labelTrainIds), 19 classes"))
    #expect(found.output.contains(#""road" : 1"#))
    let forced = try run("statistics", path("data"), "--layout", "voc")
    #expect(forced.status == 66 && forced.errors.contains("JPEGImages"))
    #expect(try run("statistics", path("data"), "--layout", "none").status == 64)
  }

  @Test(arguments: [nil, "voc", "mmsegmentation", "coco"] as [String?])
  func augmentsInTheSameLayoutOrAnother(layout: String?) throws {
    let arguments = [
      "augment", "--dataset", path("data"), "--output", path("out"), "--model",
      Self.models + "/model", "--adapter", Self.models + "/adapter", "--resolution", "64",
      "--images", "1", "--steps", "1",
    ]
    let result = try CommandLineTool.run(
      arguments + (layout.map { ["--output-layout", $0] } ?? [])
    ) { _ in }
    #expect(result.status == 0, "\(result.errors)")
    let statistics = try run("statistics", path("out"), "--json")
    #expect(statistics.status == 0 && statistics.output.contains(#""road" : 2"#))
    #expect(statistics.errors.contains("layout: \(layout ?? "cityscapes")"))
    #expect(try run("sheet", path("out"), "-o", path("sheet.png")).status == 0)
    if layout == nil {
      let image = "out/leftImg8bit/train/ulm/ulm_000001_000019_1_leftImg8bit.png"
      #expect(try Image(contentsOf: folder.appending(image)).width == 48)
    }
    let again = try CommandLineTool.run(
      arguments + ["--training-files"] + (layout.map { ["--output-layout", $0] } ?? [])
    ) { _ in }
    #expect(again.status == 0, "\(again.errors)")
    #expect(try folder.appending("out/dataset.py").checkResourceIsReachable())
    let other = try CommandLineTool.run(arguments + ["--output-layout", "bdd100k"]) { _ in }
    #expect(other.status == 73 && other.errors.contains("layout is"))
  }

  @Test func convertsWithoutPainting() throws {
    let result = try run(
      "convert-dataset", path("data"), "--output-layout", "mmsegmentation", "-o", path("out"),
      "--originals", "symlink", "--json")
    #expect(result.status == 0 && result.output.contains(#""train" : 1"#), "\(result.errors)")
    let statistics = try run("statistics", path("out"), "--json")
    #expect(statistics.output.contains(#""road" : 1"#), "\(statistics.errors)")
    let again = try run(
      "convert-dataset", path("data"), "--output-layout", "mmsegmentation", "-o", path("out"))
    #expect(again.status == 0 && again.output == "train: 1 images\n")
    for (layout, code) in [("ade20k", Int32(64)), ("none", 64)] {
      let refused = try run(
        "convert-dataset", path("data"), "--output-layout", layout, "-o", path("no"))
      #expect(refused.status == code, "\(refused.errors)")
    }
  }

  /// A file of CVAT's is said, written in another layout and back, and complained about with its line.
  @Test func annotationsGoThereAndBack() throws {
    let photograph = Image(width: 8, height: 6, channels: 3, fill: 90)
    try folder.write(photograph.jpegData(), "cvat/images/a.jpg")
    func write(_ shape: String) throws {
      try folder.write(
        """
        <annotations><meta><task><labels><label><name>dog</name></label></labels></task></meta>
        <image name="a.jpg" width="8" height="6">
        \(shape)
        </image></annotations>
        """, "cvat/annotations.xml")
    }
    try write(#"<polygon label="dog" points="1,1;6,1;6,4;1,4"/>"#)
    let statistics = try run("statistics", path("cvat"), "--json")
    #expect(statistics.errors.contains("layout: cvat, 1 classes"), "\(statistics.errors)")
    for (from, to) in [("cvat", "yolo"), ("yolo", "labelme"), ("labelme", "coco-panoptic")] {
      let result = try run("convert-dataset", path(from), "--output-layout", to, "-o", path(to))
      #expect(result.status == 0 && result.errors.contains("layout: \(from)"), "\(result.errors)")
    }
    let there = try LabelImage(contentsOf: folder.appending("yolo/yolo-masks/train/a.png"))
    #expect(there.ids.count { $0 == 1 } == 15)
    let last = "coco-panoptic/coco-panoptic-masks/train/a.png"
    #expect(try LabelImage(contentsOf: folder.appending(last)) == there)
    try write(#"<polyline label="dog" points="1,1;6,1"/>"#)
    let refused = try run("statistics", path("cvat"))
    #expect(refused.status == 65 && refused.errors.contains("annotations.xml, line 3"))
    let forced = try run("statistics", path("cvat"), "--layout", "labelme")
    #expect(forced.status == 66 && forced.errors.contains("labelme"), "\(forced.errors)")
  }

  @Test func coloursAreReadAsIDsOnRequest() throws {
    let colours = (0..<48).flatMap { [[0, 0, 0], [128, 64, 128]][$0 % 2] as [UInt8] }
    let photograph = Image(width: 8, height: 6, channels: 3, fill: 90)
    try folder.write(photograph.jpegData(), "plain/img_dir/train/a.jpg")
    try folder.write(
      Image(width: 8, height: 6, channels: 3, pixels: colours).pngData(),
      "plain/ann_dir/train/a.png")
    try folder.write("background:0,0,0::\nroad:128,64,128::\n", "labelmap")
    let refused = try run("statistics", path("plain"), "--classes", path("labelmap"))
    #expect(refused.status == 65 && refused.errors.contains("RGB"), "\(refused.errors)")
    let read = try run("statistics", path("plain"), "--mask-colors", path("labelmap"), "--json")
    #expect(read.status == 0 && read.output.contains(#""road" : 1"#), "\(read.errors)")
    let converted = try run(
      "convert-dataset", path("plain"), "--mask-colors", path("labelmap"), "--output-layout", "voc",
      "-o",
      path("voc"))
    #expect(converted.status == 0, "\(converted.errors)")
    let mask = try LabelImage(contentsOf: folder.appending("voc/SegmentationClass/a.png"))
    #expect(mask.classes == [0, 1])
    try folder.write("road:128,64,128::\nsky:128,64,128::\n", "labelmap")
    let twice = try run("statistics", path("plain"), "--mask-colors", path("labelmap"))
    #expect(twice.status == 65 && twice.errors.contains("have one colour"), "\(twice.errors)")
  }

  @Test func aDatasetWithoutNamesWantsThem() throws {
    let photograph = Image(width: 8, height: 8, channels: 3, fill: 90)
    try folder.write(photograph.jpegData(), "plain/img_dir/train/a.jpg")
    let mask = LabelImage(width: 8, height: 8, ids: [UInt8](repeating: 1, count: 64))
    try folder.write(mask.pngData(), "plain/ann_dir/train/a.png")
    let unnamed = try run("statistics", path("plain"))
    #expect(unnamed.status == 65 && unnamed.errors.contains("--classes"))
    try folder.write("1 road\n", "plain/classes.txt")
    let named = try run("statistics", path("plain"))
    #expect(named.status == 0 && named.errors.contains("layout: mmsegmentation, 1 classes"))
  }
}
