import Augmentation
import DiffusionPipelines
import Foundation
import ImageFiles
import SegmentationDatasets
import Synchronization
import TestSupport
import Testing

/// ScribbleGen's sets of images, all the way.
@Suite struct ScribbleGenTests {
  private let dataset: TestDataset
  private var output: URL { dataset.folder.appending("out") }
  private static let ratios = [0.5, 1, 0.75]

  init() throws { dataset = try TestDataset() }

  private var settings: AugmentationSettings {
    var settings = TestDataset.settings
    settings.images = nil
    settings.encodeRatios = Self.ratios
    settings.promptStyle = .highQuality
    settings.priors[0].kind = .scribbleColours
    settings.sampling.start = .encodedImage(ratio: 0.5)
    settings.imageFormat = .png
    return settings
  }

  private func run(
    _ plan: AugmentationPlan, _ generator: RatioPainter = RatioPainter(), batchSize: Int = 1,
    shard: Shard? = nil
  ) throws -> AugmentationRun.Outcome {
    try plan.run(
      into: output, batchSize: batchSize, shard: shard,
      recipe: ScribbleGen(plan, generator: generator, annotators: [nil]))
  }

  @Test func everyPhotographIsInEverySet() throws {
    let plan = try dataset.plan(settings)
    #expect(plan.pictures.count == 4 * 3, "N · K, those without classes too")
    #expect(
      plan.pictures.map(\.name)
        == (1...3).flatMap { set in plan.sources.map { "\($0.stem)_\(set)" } })
    #expect(plan.pictures[4].start == .encodedImage(ratio: 1))
    #expect(Set(plan.pictures.map(\.seed)).count == 12)
    #expect(
      plan.pictures.allSatisfy {
        $0.prompt == "a high-quality, detailed, and professional image"
      })
    #expect(plan.notices.isEmpty && plan.summary.generated == 12)
  }

  @Test func classesAreAddedWhereThatIsAskedFor() throws {
    var settings = settings
    settings.addsClasses = true
    let plan = try dataset.plan(settings)
    #expect(
      plan.pictures[0].prompt == "a high-quality, detailed, and professional image of car")
    #expect(plan.pictures[3].prompt == "a high-quality, detailed, and professional image")
  }

  @Test func everyLineOfTheLedgerHasItsRatio() throws {
    let generator = RatioPainter()
    let plan = try dataset.plan(settings)
    #expect(try run(plan, generator, batchSize: 3).painted == 12)
    let records = try LedgerRecord.all(in: output)
    #expect(
      records.map(\.settings.sampling.start)
        == Self.ratios.flatMap { ratio in (0..<4).map { _ in .encodedImage(ratio: ratio) } })
    for record in records {
      #expect(record.settings.encodeRatios == Self.ratios)
      #expect(generator.starts[record.seed] == record.settings.sampling.start)
      let image = try Image(contentsOf: output.appending(path: record.image))
      let original = try #require(plan.sources.first { $0.stem == record.source })
      #expect(image.size == original.size)
      #expect(
        try Data(contentsOf: output.appending(path: record.mask))
          == Data(contentsOf: original.mask.url))
    }
    #expect(try run(plan).painted == 0)
    var other = settings
    other.encodeRatios = [0.5, 1]
    #expect(message { try run(try dataset.plan(other)) }.contains("settings.encodeRatios"))
  }

  @Test func batchesAndShardsMakeTheSame() throws {
    let plan = try dataset.plan(settings)
    _ = try run(plan, batchSize: 5)
    let whole = try tree(output)
    try FileManager.default.removeItem(at: output)
    for number in 1...2 {
      _ = try run(plan, shard: Shard(number, of: 2))
    }
    #expect(try tree(output) == whole)
    // Shards with a folder of their own, put together.
    try FileManager.default.removeItem(at: output)
    let parts = try (1...2).map { number in
      let part = dataset.folder.appending("part-\(number)")
      _ = try plan.run(
        into: part, shard: Shard(number, of: 2),
        recipe: ScribbleGen(plan, generator: RatioPainter(), annotators: [nil]))
      return part
    }
    try ShardMerge(of: parts).write(to: output, interruption: Interruption())
    #expect(try tree(output) == whole)
    try FileManager.default.removeItem(at: output.appending(path: "JPEGImages/a_2.png"))
    #expect(try run(plan).painted == 1)
    #expect(try tree(output) == whole)
  }

  @Test func squaresAreAsPublished() throws {
    var settings = settings
    (settings.paintsSquares, settings.keepsPaintedSize) = (true, true)
    let generator = RatioPainter()
    let plan = try dataset.plan(settings)
    _ = try run(plan, generator)
    let made = try SegmentationDataset(root: output, split: "generated")
    for entry in made.entries {
      #expect(try Image(contentsOf: entry.image).size == ImageSize(width: 24, height: 24))
      let original = try #require(plan.sources.first { entry.stem.hasPrefix($0.stem + "_") })
      #expect(
        try entry.mask.labels().ids
          == original.mask.labels().resizedNearest(width: 24, height: 24).ids)
    }
    let photograph = try Image(contentsOf: plan.sources[0].photograph).rgb()
      .resized(width: 24, height: 24, .cubic)
    #expect(generator.images[plan.pictures[0].seed] == photograph, "as OpenCV resizes it")
  }

  @Test func setsHaveLists() throws {
    let plan = try dataset.plan(settings)
    _ = try run(plan)
    let set = try SegmentationDataset(root: output, split: "encode-ratio/0.75")
    #expect(set.entries.map(\.stem) == plan.sources.map { $0.stem + "_3" })
    let sets = try SyntheticSets(of: output)
    #expect(sets.names == ["0.5", "1.0", "0.75"] && sets.originals == plan.sources.map(\.stem))
    #expect(sets.versions[2] == plan.sources.map { $0.stem + "_3" })
  }

  /// Outlines of lines say nothing of an image, so no fit is measured; those of whole masks do.
  @Test func scribblesAreMasksToo() throws {
    let plan = try dataset.plan(settings)
    _ = try run(plan)
    #expect(try LedgerRecord.all(in: output).contains { $0.fit != nil })
    try FileManager.default.removeItem(at: output)
    let scribbles = dataset.folder.appending("scribbles")
    let whole = try SegmentationDataset(root: dataset.root, split: "train")
    try ScribbleDrawing(of: whole, .init(thickness: 1), hasColours: true)
      .write(to: scribbles, interruption: Interruption())
    let scribbled = try AugmentationPlan(
      dataset: whole.readingScribbles(in: scribbles), captions: nil, settings: settings)
    #expect(scribbled.sources.map(\.classes) == plan.sources.map(\.classes))
    let generator = RatioPainter()
    _ = try run(scribbled, generator)
    let records = try LedgerRecord.all(in: output)
    #expect(records.allSatisfy { $0.fit == nil })
    let file = try Data(contentsOf: scribbles.appending(path: "a.png"))
    #expect(try Data(contentsOf: output.appending(path: "SegmentationClass/a.png")) == file)
    #expect(try Data(contentsOf: output.appending(path: "SegmentationClass/a_2.png")) == file)
    // In the classes' colours, mixed where they were resized.
    let control = try #require(generator.controls[scribbled.pictures[0].seed])
    let drawn = try LabelImage(decoding: file, name: "a")
    #expect(
      control == drawn.coloured().resized(width: control.width, height: control.height, .cubic))
  }

  @Test func refusesWhatContradictsSets() throws {
    func refused(_ change: (inout AugmentationSettings) -> Void) -> String {
      var settings = settings
      change(&settings)
      return message { try dataset.plan(settings) }
    }
    #expect(refused { $0.copies = 2 }.contains("once for each encode ratio"))
    #expect(refused { $0.encodeRatios = [] }.contains("above 0, up to 1"))
    #expect(refused { $0.encodeRatios = [0.5, 1.5] }.contains("above 0, up to 1"))
    #expect(refused { $0.encodeRatios = [0.5, 0.5] }.contains("stands twice"))
    #expect(refused { $0.part = RepaintedPart(.objects) }.contains("whole photographs"))
  }
}

/// Remembers how each image began, by its seed.
private final class RatioPainter: ImageGenerator {
  private let painter = FakeGenerator()
  private let begun = Mutex<[UInt64: Start]>([:])
  var sizeMultiple: Int { painter.sizeMultiple }
  var identity: String { painter.identity }
  var traits: GeneratorTraits { painter.traits }
  var starts: [UInt64: Start] { begun.withLock { $0 } }
  var images: [UInt64: Image] {
    Dictionary(painter.painted.compactMap { request in request.image.map { (request.seed, $0) } }) {
      $1
    }
  }
  var controls: [UInt64: Image] {
    Dictionary(painter.painted.map { ($0.seed, $0.controlImages[0]) }) { $1 }
  }

  func paint(
    _ requests: [ImageRequest], _ settings: SamplingSettings, progress: (Int, Int) throws -> Void
  ) throws -> [Image] {
    for request in requests { begun.withLock { $0[request.seed] = settings.start } }
    return try painter.paint(requests, settings, progress: progress)
  }
}
