import Augmentation
import DiffusionPipelines
import DurableFiles
import Faults
import Foundation
import ImageAnnotation
import ImageFiles
import SegmentationDatasets
import TestSupport
import Testing

@Suite struct AugmentationRunTests {
  @Test func makesADatasetOfOriginalsAndRepaintings() throws {
    let dataset = try TestDataset()
    let output = dataset.folder.appending("out/augmented")
    let before = try tree(dataset.root)
    let plan = try dataset.plan()
    let generator = FakeGenerator()
    #expect(try plan.run(into: output, generator: generator) == .init(painted: 5, found: 0))

    #expect(try tree(dataset.root) == before)
    let after = try tree(output)
    for (path, data) in before where !path.hasPrefix("ImageSets") {
      #expect(after[path] == data, "\(path)")
    }
    for picture in plan.pictures {
      let source = plan.sources[try #require(picture.source)]
      let image = try Image(
        contentsOf: output.appendingPathComponent("JPEGImages/\(picture.name).jpg"))
      let original = try Image(contentsOf: source.photograph)
      #expect((image.width, image.height) == (original.width, original.height))
      #expect(
        after["SegmentationClass/\(picture.name).png"]
          == before["SegmentationClass/\(source.stem).png"])
    }
    let names = plan.pictures.map(\.name)
    func lines(_ names: [String]) -> Data { Data(names.map { "\($0)\n" }.joined().utf8) }
    #expect(after["ImageSets/Segmentation/generated.txt"] == lines(names))
    #expect(
      after["ImageSets/Segmentation/train.txt"] == lines(plan.sources.map(\.stem) + names))
    #expect(
      Set(after.keys).subtracting(before.keys)
        == Set(
          names.flatMap { ["JPEGImages/\($0).jpg", "SegmentationClass/\($0).png"] }
            + ["ledger.jsonl", "spolvero.json", "ImageSets/Segmentation/generated.txt"]))
    // And it is a dataset like any other.
    #expect(
      try SegmentationDataset(root: output, split: "train").scan().classes.count == plan.sources
        .count + 5)
  }

  @Test func theLedgerSaysHowEachPictureWasMade() throws {
    let dataset = try TestDataset()
    let output = dataset.folder.appending("out")
    let plan = try dataset.plan()
    let generator = FakeGenerator()
    try plan.run(into: output, generator: generator)
    let records = try LedgerRecord.all(in: output)
    #expect(records.count == plan.pictures.count)
    for (index, (record, picture)) in zip(records, plan.pictures).enumerated() {
      #expect(record.image == "JPEGImages/\(picture.name).jpg")
      let source = plan.sources[try #require(picture.source)]
      #expect(record.source == source.stem && record.copy == picture.copy)
      #expect(record.classes == picture.classes && record.prompt == picture.prompt)
      #expect(record.seed == picture.seed && record.settings == plan.settings)
      #expect(record.models == ["model/unet/weights.safetensors": "ab"])
      #expect(record.paintedOn == "brush" && record.generator == generator.traits)
      let request = generator.painted[index]
      #expect(request.prompt == picture.prompt && request.seed == picture.seed)
      #expect(request.negativePrompt == plan.settings.negativePrompt)
      #expect(
        (record.painted.width, record.painted.height)
          == (request.width, request.height))
      #expect(
        request.controlImages.map(\.size) == [
          ImageSize(width: request.width, height: request.height)
        ])
      #expect(try Data(contentsOf: source.photograph).sha256 == record.sourceSHA256)
      for (path, hash) in [(record.image, record.imageSHA256), (record.mask, record.maskSHA256)] {
        #expect(try Data(contentsOf: output.appendingPathComponent(path)).sha256 == hash)
      }
    }
  }

  @Test(arguments: PriorSettings.Label.allCases)
  func theModelIsGuidedByTheBlendOfBothOutlines(label: PriorSettings.Label) throws {
    let dataset = try TestDataset()
    var settings = TestDataset.settings
    settings.priors[0].label = label
    let plan = try dataset.plan(settings)
    let generator = FakeGenerator()
    try plan.run(into: dataset.folder.appending("out"), generator: generator)
    for (picture, request) in zip(plan.pictures, generator.painted) {
      let source = plan.sources[try #require(picture.source)]
      let priors = try VisualPriors(
        photograph: Image(contentsOf: source.photograph),
        labels: source.mask.labels(), width: request.width, height: request.height,
        settings: settings.priors[0], classes: .voc, annotator: CannyDetector())
      #expect(request.controlImages.map { $0.rgb() } == [priors.blend])
      #expect(priors.blend != priors.image.rgb() && priors.blend != priors.label.rgb())
    }
  }

  @Test(arguments: [1, 2, 3, 8]) func theBatchChangesNothing(size: Int) throws {
    let dataset = try TestDataset()
    let plan = try dataset.plan()
    try plan.run(into: dataset.folder.appending("one"))
    let generator = FakeGenerator()
    try plan.run(into: dataset.folder.appending("many"), generator: generator, batchSize: size)
    #expect(
      try tree(dataset.folder.appending("one")) == tree(dataset.folder.appending("many")))
    #expect(
      generator.batchSizes.allSatisfy { $0 <= size } && generator.batchSizes.reduce(0, +) == 5)
    #expect(size == 1 || generator.batchSizes.contains { $0 > 1 })
  }

  @Test func writesPNGsToo() throws {
    let dataset = try TestDataset(stems: ["only"])
    var settings = TestDataset.settings
    settings.imageFormat = .png
    settings.images = 1
    let output = dataset.folder.appending("out")
    try dataset.plan(settings).run(into: output)
    let image = try Data(contentsOf: output.appendingPathComponent("JPEGImages/only_1.png"))
    #expect(image.starts(with: [0x89, 0x50, 0x4E, 0x47]))
  }

  @Test func aFinishedRunStartedAgainDoesNothing() throws {
    let dataset = try TestDataset()
    let output = dataset.folder.appending("out")
    let plan = try dataset.plan()
    try plan.run(into: output)
    let before = try tree(output)
    let outcome = try AugmentationRun(
      plan: plan, output: output, models: { ["model/unet/weights.safetensors": "ab"] }
    )(
      recipe: { throw AugmentationError(.request, "The model must not be loaded.") },
      interruption: Interruption(), progress: { _ in })
    #expect(outcome == .init(painted: 0, found: 5))
    #expect(try tree(output) == before)
  }

  @Test func reportsEveryStepAndTheTimeLeft() throws {
    let dataset = try TestDataset()
    var reports: [AugmentationProgress] = []
    try dataset.plan().run(into: dataset.folder.appending("out")) { reports.append($0) }
    #expect(reports.count == 15)
    let steps = reports.filter { $0.step > 0 }
    #expect(steps.map(\.step) == (0..<5).flatMap { _ in [1, 2] })
    #expect(steps.map(\.name) == (try dataset.plan().pictures.flatMap { [$0.name, $0.name] }))
    // An image is finished while the next one is painted.
    #expect(zip(steps, 0..<10).allSatisfy { ($1 / 2 - 1...$1 / 2).contains($0.images) })
    #expect(reports.filter { $0.step == 0 }.map(\.images) == [1, 2, 3, 4, 5])
    #expect(reports.allSatisfy { $0.imagesInAll == 5 && $0.steps == 2 })
    #expect(reports.dropFirst().allSatisfy { ($0.secondsLeft ?? -1) >= 0 })
    #expect(reports[14].secondsLeft == 0)
    let names = reports.filter { $0.step == 0 }.map(\.name)
    #expect(try names == dataset.plan().pictures.map(\.name))
  }

  @Test func picturesAndMasksMayKeepThePaintedSize() throws {
    let dataset = try TestDataset()
    let output = dataset.folder.appending("out")
    var settings = TestDataset.settings
    settings.keepsPaintedSize = true
    let plan = try dataset.plan(settings)
    try plan.run(into: output)
    for record in try LedgerRecord.all(in: output) {
      let image = try Image(contentsOf: output.appendingPathComponent(record.image))
      let mask = try LabelImage(contentsOf: output.appendingPathComponent(record.mask))
      let source = try #require(plan.sources.first { $0.stem == record.source })
      let original = try source.mask.labels()
      #expect((image.width, image.height) == (record.painted.width, record.painted.height))
      #expect(mask == original.resizedNearest(width: image.width, height: image.height))
      #expect((mask.width, mask.height) != (original.width, original.height) || image.width == 24)
    }
    let whole = try tree(output)
    // A sheet of images that are smaller than their photographs.
    _ = try ContactSheet(of: output, choosing: .spread(9), side: 40) { _ in CannyDetector() }
      .image()
    #expect(try plan.run(into: output).painted == 0)
    try FileManager.default.removeItem(
      at: output.appendingPathComponent("SegmentationClass/a_1.png"))
    #expect(try plan.run(into: output).painted == 1)
    #expect(try tree(output) == whole)
  }

  @Test func settingsThatAreNotUsedLeaveNoTrace() throws {
    let dataset = try TestDataset()
    let output = dataset.folder.appending("out")
    try dataset.plan().run(into: output)
    let text = try String(
      contentsOf: output.appendingPathComponent("ledger.jsonl"), encoding: .utf8)
    #expect(!text.contains("keepsPaintedSize"))
  }

  @Test func theFirstStepSaysNothingOfTheSpeed() throws {
    let dataset = try TestDataset()
    var reports: [AugmentationProgress] = []
    try dataset.plan().run(into: dataset.folder.appending("out")) { reports.append($0) }
    #expect(reports[0].secondsLeft == nil && reports[0].secondsPerImage == nil)
    #expect(reports[1].secondsLeft != nil && reports[1].secondsPerImage != nil)
  }

  @Test func findsDamagedPhotographsBeforeAnythingIsMade() throws {
    let dataset = try TestDataset()
    for stem in ["a", "empty"] {
      let url = dataset.root.appendingPathComponent("JPEGImages/\(stem).jpg")
      let data = try Data(contentsOf: url)
      try data.prefix(data.count / 2).write(to: url)
    }
    let text = message { try dataset.plan() }
    #expect(text.contains("a.jpg") && text.contains("empty.jpg"))
  }
}
