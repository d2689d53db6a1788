import Foundation
import ImageFiles
import SegmentationDatasets
import Testing

@Suite struct DatasetLayoutTests {
  /// A folder for each split: what a layout of another kind needs is all in the protocol.
  private struct SplitFolders: DatasetLayout {
    let name = "split-folders"
    let encoding = LabelEncoding(background: nil, ignored: [254, 255])

    func classes(in root: URL, of split: String?) -> ClassList? {
      ClassList(names: [0: "road", 1: "sky"], encoding: encoding)
    }

    func root(in folder: URL) -> URL { folder }

    func splits(in root: URL) -> [String] { ["train", "val"] }

    func entries(
      of split: String?, in root: URL, problems: inout [DatasetProblem]
    ) throws -> [SegmentationDataset.Entry] {
      let folder = root.appending(path: split ?? "train")
      return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        .filter { $0.hasSuffix("_mask.png") }.map { String($0.dropLast(9)) }.map {
          SegmentationDataset.Entry(
            stem: $0, image: folder.appending(path: "\($0).png"),
            mask: folder.appending(path: "\($0)_mask.png"))
        }
    }

    func imagePath(of stem: String, in split: String, pathExtension: String) -> String {
      "\(split)/\(stem).\(pathExtension)"
    }
    func maskPath(of stem: String, in split: String) -> String { "\(split)/\(stem)_mask.png" }
    func instancesPath(of stem: String, in split: String) -> String? { nil }
    func listPath(of split: String) -> String { "\(split).txt" }
  }

  private let files: TemporaryDataset

  init() throws { files = try TemporaryDataset() }

  @Test func anyLayoutIsReadAndKeepsItsEncoding() throws {
    let folder = files.root.appending(path: "val")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    try files.write(Image(width: 2, height: 2, channels: 3, fill: 9).pngData(), "val/x.png")
    try files.write(
      LabelImage(width: 2, height: 2, ids: [0, 1, 254, 255]).pngData(), "val/x_mask.png")
    let dataset = try SegmentationDataset(
      root: files.root, split: "val", layout: SplitFolders())
    #expect(dataset.layout.name == "split-folders" && dataset.classes.background == nil)
    let scan = try dataset.scan()
    #expect(scan.classes == ["x": [0, 1]] && scan.problems.isEmpty)
  }

  @Test func aFoldersLayoutIsRecognised() throws {
    #expect(DatasetLayouts.layout(of: files.root).name == "voc")
    #expect(DatasetLayouts.named("voc") != nil && DatasetLayouts.named("none") == nil)
    #expect(Set(DatasetLayouts.all.map(\.name)).count == DatasetLayouts.all.count)
  }

  /// CONTRIBUTING promises that a layout is one file and one line.
  @Test func everyLayoutIsOneFileAndInTheCatalogue() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/SegmentationDatasets/Layouts").standardizedFileURL
    let catalogue = try String(
      contentsOf: folder.appending(path: "DatasetLayouts.swift"), encoding: .utf8)
    let layouts = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
      try String(contentsOf: folder.appending(path: $0), encoding: .utf8)
        .contains(/struct \w+: DatasetLayout/)
    }
    #expect(layouts.count == DatasetLayouts.all.count)
    for layout in layouts {
      #expect(catalogue.contains("\(layout.dropLast(".swift".count))()"), "\(layout)")
    }
  }

  /// What a layout calls its files stands in the layout alone.
  @Test func noOtherSourceNamesVOCsFolders() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources").standardizedFileURL
    let names = try FileManager.default.subpathsOfDirectory(atPath: sources.path).filter {
      guard $0.hasSuffix(".swift") else { return false }
      let text = try String(contentsOf: sources.appending(path: $0), encoding: .utf8)
      return text.contains(/JPEGImages|SegmentationClass\b|SegmentationObject|ImageSets/)
    }
    #expect(names == ["SegmentationDatasets/Layouts/VOCLayout.swift"])
  }
}

@Suite struct LabelEncodingTests {
  @Test func aClassOfTheBackgroundsIDLeavesNoBackground() {
    #expect(
      ClassList(names: [0: "road"]).encoding == LabelEncoding(background: nil, ignored: [255]))
    #expect(ClassList(names: [1: "road"]).encoding == .voc)
  }

  @Test func idsAreClassesBackgroundOrLeftOpen() {
    let encoding = LabelEncoding(background: 3, ignored: [0, 254])
    #expect((0...255).filter { !encoding.isLabel($0) } == [0, 3, 254])
  }

  @Test func aClassListIsTheSameAfterJSON() throws {
    var palette = Palette.voc
    palette[1] = RGB(1, 2, 3)
    for list in [
      ClassList.voc,
      ClassList(
        names: [0: "road", 7: "sky"], encoding: LabelEncoding(background: nil, ignored: [9, 255]),
        palette: palette),
    ] {
      let data = try JSONEncoder().encode(list)
      #expect(try JSONDecoder().decode(ClassList.self, from: data) == list)
    }
  }

  @Test(arguments: [
    #"{"names":{"x":"a"},"ignored":[],"colours":{}}"#,
    #"{"names":{"1":"a"},"ignored":[1],"colours":{}}"#,
    #"{"names":{"1":"a"},"background":2,"ignored":[2],"colours":{}}"#,
    #"{"names":{"1":"a"},"ignored":[],"colours":{"1":[1,2]}}"#,
  ]) func aClassListOfNonsenseIsRefused(text: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(ClassList.self, from: Data(text.utf8))
    }
  }
}
