import Augmentation
import DurableFiles
import Foundation
import ImageFiles
import SegmentationDatasets
import TestSupport
import Testing

/// A run on a dataset of every layout, and the dataset that comes out.
@Suite struct LayoutRunTests {
  static let layouts = DatasetLayouts.all.map(\.name)

  private func settings(_ layout: any DatasetLayout) -> AugmentationSettings {
    var settings = TestDataset.settings
    settings.imageFormat = .init(pathExtension: layout.pathExtension)
    settings.images = 3
    return settings
  }

  private func plan(
    _ dataset: SegmentationDataset, writing layout: (any DatasetLayout)? = nil,
    _ change: (inout AugmentationSettings) -> Void = { _ in }
  ) throws -> AugmentationPlan {
    var settings = settings(layout ?? dataset.layout)
    change(&settings)
    return try AugmentationPlan(
      dataset: dataset, captions: nil, settings: settings, writing: layout)
  }

  @Test(arguments: layouts) func theOutputIsADatasetOfTheSameLayout(name: String) throws {
    let files = try LayoutDataset(name)
    let before = try tree(files.root)
    let dataset = try files.open()
    #expect(dataset.layout.name == name)
    let plan = try plan(dataset)
    let output = files.folder.appending("out")
    try plan.run(into: output)
    #expect(try tree(files.root) == before)

    let made = try SegmentationDataset(
      root: output, split: "train", classes: ClassList(ofRunIn: output))
    #expect(made.layout.title == dataset.layout.title)
    #expect(made.classes == dataset.classes && made.entries.count == 5)
    let (old, new) = (try dataset.contents(), try made.contents())
    for picture in plan.pictures {
      let source = plan.sources[try #require(picture.source)]
      #expect(new[picture.name] == old[source.stem], "\(picture.name)")
    }
    for stem in LayoutDataset.stems { #expect(new[stem] == old[stem], "\(stem)") }
    let generated = try SegmentationDataset(
      root: output, split: "generated", classes: made.classes)
    #expect(generated.entries.map(\.stem) == plan.pictures.map(\.name))
    // Whatever stays in its layout is there byte for byte, the lists and annotations aside.
    let after = try tree(output)
    for (path, data) in before
    where data != Data("folder".utf8)
      && !["json", "jsonl", "txt", "yaml", "xml"].contains(where: path.hasSuffix)
      && !name.hasPrefix("coco")
    {
      #expect(after[path] == data, "\(path)")
    }
    #expect(try LedgerRecord.all(in: output).map(\.name) == plan.pictures.map(\.name))
    let sheet = try ContactSheet(of: output, choosing: .spread(2), side: 16) { _ in nil }
    #expect(sheet.records.count == 2)
  }

  /// Broken off before the lists, an output is known as one, and goes on to the same bytes.
  @Test(arguments: layouts) func anUnfinishedOutputIsKnownAndGoesOn(name: String) throws {
    let files = try LayoutDataset(name)
    let (whole, broken) = (files.folder.appending("whole"), files.folder.appending("broken"))
    try plan(files.open()).run(into: whole)
    let (plan, interruption) = (try plan(files.open()), Interruption())
    _ = try? plan.run(into: broken, interruption: interruption) { progress in
      if progress.name == plan.pictures[2].name { interruption.request() }
    }
    #expect(try UnfinishedRun.owns(broken))
    let soFar = try SegmentationDataset(unlistedIn: broken, classes: ClassList(ofRunIn: broken))
    #expect(soFar.entries.count == 4)
    try plan.run(into: broken)
    #expect(try tree(broken) == tree(whole))
    #expect(try !UnfinishedRun.owns(broken))
  }

  @Test(
    arguments: [
      "voc", "cityscapes", "coco", "coco-panoptic", "yolo", "labelme", "cvat", "datumaro",
    ],
    [
      "voc", "mmsegmentation", "coco", "imagefolder", "yolo", "labelme", "cvat", "datumaro",
      "coco-panoptic",
    ])
  func theOutputMayHaveAnotherLayout(from: String, to: String) throws {
    let files = try LayoutDataset(from)
    let dataset = try files.open()
    let output = files.folder.appending("out")
    let plan = try plan(dataset, writing: DatasetLayouts.named(to))
    try plan.run(into: output)
    let made = try SegmentationDataset(
      root: output, split: "train", classes: ClassList(ofRunIn: output))
    #expect(made.layout.name == to && made.entries.count == 5)
    let (old, new) = (try dataset.contents(), try made.contents())
    for picture in plan.pictures {
      let original = plan.sources[try #require(picture.source)]
      let source = try #require(old[original.stem])
      let found = try #require(new[picture.name])
      #expect(found[0] == source[0])
      #expect(found[1] == (to == "mmsegmentation" ? [] : source[1]))
    }
  }

  @Test func instancesOfThePaintedSizeHaveTheirLayoutsNumbers() throws {
    let files = try LayoutDataset("cityscapes")
    let output = files.folder.appending("out")
    try plan(files.open()) { $0.keepsPaintedSize = true }.run(into: output)
    let made = try SegmentationDataset(root: output, split: "generated")
    for entry in made.entries {
      let loaded = try made.load(entry)
      #expect(
        loaded.instances?.classes == [0, 1, 2] && loaded.instances?.size == loaded.image.size)
    }
  }

  @Test func classesThatALayoutHasNoIDsForAreRefused() throws {
    let files = try LayoutDataset("voc")
    for name in ["ade20k", "cityscapes"] {
      let text = message { try plan(files.open(), writing: DatasetLayouts.named(name)) }
      #expect(text.contains("'\(name)"), "\(text)")
    }
  }

  @Test(arguments: [Originals.hardlink, .symlink]) func originalsMayBeLinks(kind: Originals) throws
  {
    let files = try LayoutDataset("voc")
    let output = files.folder.appending("out")
    let plan = try plan(files.open()) { $0.originals = kind }
    try plan.run(into: output)
    let stem = LayoutDataset.stems[0]
    for path in ["JPEGImages/\(stem).jpg", "SegmentationClass/\(stem).png"] {
      let (original, link) = (files.root.appending(path: path), output.appending(path: path))
      let status = try #require(try FileStatus(of: link, followingLinks: false))
      #expect(status.kind == (kind == .symlink ? .link : .file))
      #expect(
        try #require(try FileStatus(of: link, followingLinks: true)).isSame(
          as: #require(try FileStatus(of: original, followingLinks: true))))
    }
    let before = try tree(output)
    #expect(try plan.run(into: output).found == 3)
    #expect(try tree(output) == before)
  }

  @Test func originalsMayBeLeftOut() throws {
    let files = try LayoutDataset("voc")
    let output = files.folder.appending("out")
    try plan(files.open()) { $0.originals = .nothing }.run(into: output)
    let made = try SegmentationDataset(root: output, split: "train")
    #expect(made.entries.count == 3)
    let sheet = try ContactSheet(of: output, choosing: .spread(2), side: 16) { _ in nil }
    #expect(try sheet.image().width > 0)
  }
}
