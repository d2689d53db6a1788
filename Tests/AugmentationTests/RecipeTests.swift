import Augmentation
import DurableFiles
import Foundation
import ImageFiles
import SegmentationDatasets
import TestSupport
import Testing

/// Imagines images and masks of two halves, of which one is a class, without looking at any photograph.
private struct Imagining: Recipe {
  struct Material: RecipeMaterial {
    let size: GenerationSize
    var byteCount: Int { 0 }
  }

  let traits = GeneratorTraits(device: "head", scheduler: "dream")
  let identity = "imagination"
  let steps = 1
  let drawsOnDevice = false
  let calls = Counter()

  func material(from source: SourceFiles?, check: () throws -> Void) throws -> Material {
    precondition(source == nil, "nothing is planned with a source")
    calls.count()
    return Material(
      size: try GenerationSize(
        of: ImageSize(width: 32, height: 24), named: "imagined", resolution: 24, multiple: 8))
  }

  func make(
    _ requests: [RecipeRequest<Material>], progress: (Int, Int) throws -> Void
  ) throws -> [RecipeOutput] {
    try progress(1, 1)
    return try requests.map { request in
      let (width, height) = (request.material.size.width, request.material.size.height)
      let id = request.picture.classIDs.first ?? 0
      let split = 4 + Int(request.seed % 20)
      let ids = (0..<width * height).map { $0 % width < split ? id : 0 }
      let mask = LabelImage(width: width, height: height, ids: ids, palette: Palette.voc)
      let objects = LabelImage(width: width, height: height, ids: ids.map { $0 == 0 ? 0 : 1 })
      return RecipeOutput(
        image: mask.coloured().rgb(), mask: try mask.pngData(), instances: try objects.pngData())
    }
  }
}

/// Images that are made from no photograph, all the way.
@Suite struct RecipeTests {
  private let dataset: TestDataset
  private let recipe = Imagining()
  private var output: URL { dataset.folder.appending("out") }

  init() throws { dataset = try TestDataset() }

  private func plan() throws -> AugmentationPlan {
    let repainted = try dataset.plan()
    var settings = TestDataset.settings
    settings.imageFormat = .png
    return try AugmentationPlan(
      sources: repainted.sources, root: repainted.root, classes: repainted.classes, captions: nil,
      settings: settings,
      pictures: (1...3).map { number in
        PlannedImage(
          source: nil, copy: number, name: "imagined_\(number)", classIDs: [UInt8(10 + number)],
          classes: ["thing"], prompt: "a thing", seed: UInt64(number))
      })
  }

  @Test func areADatasetWithTheOriginals() throws {
    let plan = try plan()
    #expect(try plan.run(into: output, batchSize: 2, recipe: recipe).painted == 3)
    #expect(recipe.calls.value == 1, "what is made from nothing is the same for all")
    let made = try SegmentationDataset(root: output, split: "train")
    #expect(
      made.entries.map(\.stem)
        == plan.sources.map(\.stem) + ["imagined_1", "imagined_2", "imagined_3"])
    let scan = try made.scan()
    #expect(scan.problems.isEmpty && scan.classes["imagined_2"] == [12])
    let generated = try SegmentationDataset(root: output, split: "generated")
    #expect(generated.entries.map(\.stem) == ["imagined_1", "imagined_2", "imagined_3"])
    #expect(generated.entries.allSatisfy { $0.instances != nil })
    for source in plan.sources {
      let copy = try #require(made.entries.first { $0.stem == source.stem })
      #expect(try Data(contentsOf: copy.mask.url) == Data(contentsOf: source.mask.url))
    }
  }

  @Test func haveLinesInTheLedgerThatNameNoSource() throws {
    try plan().run(into: output, recipe: recipe)
    let records = try LedgerRecord.all(in: output)
    #expect(records.map(\.name) == ["imagined_1", "imagined_2", "imagined_3"])
    for record in records {
      #expect(record.source == nil && record.sourceSHA256 == nil)
      #expect(record.paintedOn == "imagination" && record.generator == recipe.traits)
      for (path, hash) in [
        (record.mask, record.maskSHA256),
        (try #require(record.instances), try #require(record.instancesSHA256)),
      ] {
        #expect(try Data(contentsOf: output.appendingPathComponent(path)).sha256 == hash)
      }
    }
    let text = try String(
      contentsOf: output.appendingPathComponent("ledger.jsonl"), encoding: .utf8)
    #expect(!text.contains("\"source"))
  }

  @Test(arguments: [
    "JPEGImages/imagined_2.png", "SegmentationClass/imagined_2.png",
    "SegmentationObject/imagined_2.png",
  ]) func areMadeAgainWhereTheyAreMissing(path: String) throws {
    try plan().run(into: output, recipe: recipe)
    let whole = try tree(output)
    try FileManager.default.removeItem(at: output.appendingPathComponent(path))
    #expect(try plan().run(into: output, recipe: recipe) == .init(painted: 1, found: 2))
    #expect(try tree(output) == whole)
    #expect(try plan().run(into: output, recipe: recipe).painted == 0)
  }

  @Test func countInThePlansBalance() throws {
    let summary = try plan().summary
    #expect(summary.generated == 3)
    #expect(summary.before.imagesPerClass[11] == 0 && summary.after.imagesPerClass[11] == 1)
    #expect(try plan().repetitionWarning == nil)
    #expect(try RunEstimate(of: plan(), pace: nil).bytes > 0)
  }

  @Test func standOnASheetWithoutAPhotograph() throws {
    try plan().run(into: output, recipe: recipe)
    let sheet = try ContactSheet(of: output, choosing: .spread(3), side: 40) { _ in nil }
    let image = try sheet.image()
    #expect(image.height == 15 + 3 * 55)
    func pixel(_ column: Int) -> [UInt8] {
      let first = 3 * ((30 + 15) * image.width + 44 * column + 2)
      return Array(image.pixels[first..<first + 3])
    }
    #expect(pixel(0) == [255, 255, 255] && pixel(2) == [255, 255, 255], "nothing to show there")
    #expect(pixel(1) == pixel(3) && pixel(1) != [255, 255, 255])
  }
}
