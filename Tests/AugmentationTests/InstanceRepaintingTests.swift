import Augmentation
import DiffusionModels
import DiffusionPipelines
import DurableFiles
import Faults
import Foundation
import ImageFiles
import SegmentationDatasets
import TestSupport
import Testing

/// A run that paints instances anew, all the way.
@Suite struct InstanceRepaintingTests {
  private let dataset: InstanceDataset
  private var output: URL { dataset.folder.appending("out") }

  init() throws { dataset = try InstanceDataset() }

  private func image(_ name: String, in root: URL) throws -> Image {
    try Image(contentsOf: root.appending(path: "JPEGImages/\(name).png")).rgb()
  }

  @Test func isADatasetWithTheLabelsOfTheOld() throws {
    #expect(try dataset.plan().runInstances(into: output).painted == 4)
    let (before, after) = (try tree(dataset.root), try tree(output))
    for name in ["a_1", "a_2", "b_1", "b_2"] {
      for folder in ["SegmentationClass", "SegmentationObject"] {
        let path = "\(folder)/\(name).png"
        #expect(after[path] == before["\(folder)/\(name.prefix(1)).png"], "\(path)")
      }
    }
    let made = try SegmentationDataset(root: output, split: "train")
    #expect(made.entries.map(\.stem) == ["a", "b", "a_1", "b_1", "a_2", "b_2"])
    #expect(try made.scan().problems.isEmpty)
    #expect(
      try SegmentationDataset(root: output, split: "generated").entries.map(\.stem)
        == ["a_1", "b_1", "a_2", "b_2"])
  }

  /// What lies before an instance, beside it, in a crowd or is too small is the photograph's own, to the bit.
  @Test func changesOnlyWhatIsSeenOfInstances() throws {
    try dataset.plan().runInstances(into: output)
    for (name, stem, painted) in [("a_1", "a", Set<UInt8>([1, 2])), ("b_2", "b", [1])] {
      let (old, new) = (try image(stem, in: dataset.root), try image(name, in: output))
      let instances = try LabelImage(
        contentsOf: dataset.root.appending(path: "SegmentationObject/\(stem).png"))
      var changed: [UInt8: Int] = [:]
      for place in instances.ids.indices {
        let isSame = (0..<3).allSatisfy {
          old.pixels[3 * place + $0] == new.pixels[3 * place + $0]
        }
        if !isSame { changed[instances.ids[place], default: 0] += 1 }
      }
      #expect(Set(changed.keys) == painted, "\(name)")
      for number in painted {
        let all = instances.ids.count { $0 == number }
        #expect(changed[number, default: 0] > all * 9 / 10, "\(name), instance \(number)")
      }
    }
  }

  @Test func asksForEachInstanceByItself() throws {
    let generator = FakeGenerator()
    let plan = try dataset.plan()
    try plan.runInstances(into: output, generator: generator)
    let planned = plan.pictures.flatMap { $0.repainted ?? [] }
    #expect(generator.painted.map(\.prompt) == planned.map(\.prompt))
    #expect(generator.painted.map(\.seed) == planned.map(\.seed))
    for request in generator.painted {
      #expect(request.width == 24 && request.height == 24 && request.objects.isEmpty)
      #expect(request.image?.size == ImageSize(width: 24, height: 24))
      #expect(request.mask?.pixels.contains(255) == true)
    }
  }

  @Test func toldBoxesAreThoseInTheSquares() throws {
    let generator = FakeGenerator()
    try dataset.plan { $0.copies = 1 }.runInstances(
      into: output, generator: generator, ways: [.gligen, .blended])
    let objects = generator.painted.flatMap(\.objects)
    #expect(objects.map(\.phrase) == ["car", "person", "car"])
    // 30 of the 60 columns from the left edge on, from the tenth.
    let box = objects[2].box
    #expect(box.x0 == 4 / 24 && box.x1 == 16 / 24, "\(box)")
  }

  /// Batches go across images, and nothing depends on them.
  @Test func doesNotDependOnBatches() throws {
    let generator = FakeGenerator()
    try dataset.plan().runInstances(into: output)
    let other = dataset.folder.appending("batched")
    try dataset.plan().runInstances(into: other, generator: generator, batchSize: 4)
    #expect(generator.batchSizes == [4, 2])
    #expect(try tree(other) == tree(output))
  }

  @Test func theLedgerSaysWhichInstances() throws {
    let plan = try dataset.plan()
    try plan.runInstances(into: output)
    let records = try LedgerRecord.all(in: output)
    for (record, picture) in zip(records, plan.pictures) {
      #expect(record.repainted == picture.repainted)
      #expect(record.generator?.instances == "blended")
      #expect(record.painted.width == 24 && record.painted.height == 24 && record.fit != nil)
    }
    let text = try String(contentsOf: output.appending(path: "ledger.jsonl"), encoding: .utf8)
    #expect(
      text.contains(
        #""repainted":[{"box":{"height":24,"width":16,"x":4,"y":12},"class":"car","instance":1,"prompt":"a photo of a car","seed":"#
      ))
  }

  @Test func goesOnWhereItStopped() throws {
    try dataset.plan().runInstances(into: output)
    let broken = dataset.folder.appending("broken")
    let interruption = Interruption()
    _ = try? dataset.plan().runInstances(into: broken, interruption: interruption) { progress in
      if progress.name == "a_2" { interruption.request() }
    }
    #expect(try dataset.plan().runInstances(into: broken) == .init(painted: 2, found: 2))
    #expect(try tree(broken) == tree(output))
    try FileManager.default.removeItem(at: broken.appending(path: "SegmentationObject/a_2.png"))
    #expect(try dataset.plan().runInstances(into: broken).painted == 1)
    #expect(try tree(broken) == tree(output))
  }

  @Test func shardsEndInTheSameFolder() throws {
    try dataset.plan().runInstances(into: output)
    let shared = dataset.folder.appending("shared")
    for number in 1...2 {
      try dataset.plan().runInstances(into: shared, shard: Shard(number, of: 2))
    }
    #expect(try tree(shared) == tree(output))
  }

  @Test func otherInstancesAreAnotherRun() throws {
    try dataset.plan().runInstances(into: output)
    for change in [
      { $0.instances?.margin = 1.5 }, { $0.instances?.seam = 0 },
      { $0.instances?.template = "{class}" }, { $0.instances?.perImage = 1 },
    ] as [(inout AugmentationSettings) -> Void] {
      #expect(
        message { try dataset.plan(change).runInstances(into: output) }
          .contains("other settings"))
    }
    try FileManager.default.removeItem(at: output.appending(path: "JPEGImages/b_2.png"))
    #expect(
      message { try dataset.plan().runInstances(into: output, ways: [.inpainting]) }
        .contains("generator.instances is 'blended' there"))
  }

  /// Other noise for every instance of an image that follows its masks too little.
  @Test func poorImagesArePaintedAgain() throws {
    let plan = try dataset.plan { ($0.minFit, $0.retries) = (9, 1) }
    let generator = FakeGenerator()
    try plan.runInstances(into: output, generator: generator)
    #expect(generator.painted.count == 12 && Set(generator.painted.map(\.seed)).count == 12)
    for record in try LedgerRecord.all(in: output) {
      let seeds = Set(generator.painted.map(\.seed))
      #expect(record.repainted?.allSatisfy { seeds.contains($0.seed) } == true)
    }
    #expect(try plan.runInstances(into: output).painted == 0)
  }

  @Test func isMadeAgainFromTheLedger() throws {
    try dataset.plan { ($0.minFit, $0.retries) = (9, 1) }.runInstances(into: output)
    for name in ["a_2", "b_1"] {
      let file = output.appending(path: "JPEGImages/\(name).png")
      let reproduction = try Reproduction(ofImageAt: file, dataset: nil)
      let recipe = try InstanceRepainting(
        reproduction.plan, generator: FakeGenerator(), ways: [.blended], batchSize: 1)
      let again = try reproduction.paint(with: recipe, check: {}) { _, _ in }
      #expect(try again.data == Data(contentsOf: file))
    }
  }

  @Test func standsOnSheets() throws {
    try dataset.plan().runInstances(into: output)
    let rows = try InstanceSheet(of: output, choosing: .spread(6), side: 40).image()
    #expect(rows.width == 3 * 44 - 4 && rows.height == 15 + 6 * 55)
    let sheet = try ContactSheet(of: output, choosing: .spread(2), side: 40) { _ in nil }
    #expect(try sheet.image().width == 4 * 44 - 4, "there are no control images")
    let whole = dataset.folder.appending("whole")
    try dataset.plan {
      $0.instances = nil
      $0.priors = [PriorSettings()]
    }.run(into: whole)
    #expect(
      message { try InstanceSheet(of: whole, choosing: .spread(1), side: 40) }
        .contains("no instances by themselves"))
  }

  @Test func refusesAWayThatTheModelDoesNotKnow() throws {
    let plan = try dataset.plan { $0.instances?.generator = .gligen }
    func recipe() throws -> InstanceRepainting {
      try InstanceRepainting(
        plan, generator: FakeGenerator(), ways: [.inpainting], batchSize: 1)
    }
    #expect(
      message(recipe).contains("cannot paint instances by gligen; its UNet does it by inpainting"))
    #expect(remedies(recipe) == [.instanceGenerator])
  }

  /// The way decides how the rest is kept.
  @Test func onlyBlendingBlends() throws {
    for (way, start) in [
      (InstanceGenerator.blended, 0.25 as Double?), (.inpainting, nil), (.gligen, nil),
    ] {
      let recipe = try InstanceRepainting(
        dataset.plan(), generator: FakeGenerator(), ways: [way], batchSize: 1)
      #expect(recipe.sampling.blended?.start == start)
    }
    let plan = try dataset.plan {
      $0.sampling.blended = BlendedLatentDiffusion(start: 0.5, widerMasks: 2)
    }
    let recipe = try InstanceRepainting(
      plan, generator: FakeGenerator(), ways: [.blended], batchSize: 1)
    #expect(recipe.sampling.blended?.widerMasks == 2 && recipe.steps == 1)
  }

  @Test(arguments: [
    "voc", "cityscapes", "coco", "coco-panoptic", "imagefolder", "yolo", "labelme", "cvat",
    "datumaro",
  ]) func keepsTheInstancesOfEveryLayout(name: String) throws {
    let files = try LayoutDataset(name)
    let data = try files.open()
    var settings = InstanceDataset.settings
    settings.instances?.leastSize = 4
    settings.imageFormat = .init(pathExtension: data.layout.pathExtension)
    let plan = try AugmentationPlan(dataset: data, captions: nil, settings: settings)
    #expect(plan.paintings == 8, "two instances, photographs and copies")
    let output = files.folder.appending("out")
    try plan.runInstances(into: output)
    let made = try SegmentationDataset(
      root: output, split: "train", classes: ClassList(ofRunIn: output))
    let (old, new) = (try contents(data), try contents(made))
    #expect(new.count == 6)
    for picture in plan.pictures {
      let source = plan.sources[try #require(picture.source)]
      #expect(try #require(new[picture.name]) == #require(old[source.stem]), "\(picture.name)")
    }
    let image = try #require(LedgerRecord.all(in: output).first).image
    _ = try Reproduction(ofImageAt: output.appending(path: image), dataset: nil)
  }

  /// Masks and instances by stem.
  private func contents(_ dataset: SegmentationDataset) throws -> [String: [[UInt8]]] {
    try dataset.entries.reduce(into: [:]) { found, entry in
      let loaded = try dataset.load(entry)
      found[entry.stem] = [loaded.mask.ids, try #require(loaded.instances).ids]
    }
  }
}
