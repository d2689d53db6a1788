import Augmentation
import DiffusionPipelines
import Faults
import Foundation
import SegmentationDatasets
import TestSupport
import Testing

@Suite struct ResumptionTests {
  /// The images whose ledger line was complete when a run ended.
  private func finished(in output: URL) -> Set<UInt64> {
    Set(((try? LedgerRecord.all(in: output)) ?? []).map(\.seed))
  }

  @Test(arguments: FailingFiles.Failure.allCases)
  func endsAlikeWhereverItWasStopped(failure: FailingFiles.Failure) throws {
    let dataset = try TestDataset(stems: ["a", "b"])
    var settings = TestDataset.settings
    settings.images = 3
    let plan = try dataset.plan(settings)
    try plan.run(into: dataset.folder.appending("unbroken"))
    let unbroken = try tree(dataset.folder.appending("unbroken"))

    var operations = 0
    while true {
      let output = dataset.folder.appending("stopped after \(operations)")
      let files = FailingFiles(failure, after: operations)
      let stopped = Result { try plan.run(into: output, files: files) }
      guard files.hasFailed else { break }
      let kept = finished(in: output)
      if failure == .full || failure == .unreadable, case .failure(let error) = stopped {
        #expect((error as? AugmentationError)?.kind == .inputOutput)
        #expect("\(error)".contains(failure == .full ? "the disk is full" : "cannot be read"))
        try expectWhole(output, of: unbroken)
        #expect(failure == .unreadable || !hasScratch(output))
      }
      let generator = FakeGenerator()
      let outcome = try plan.run(into: output, generator: generator)
      #expect(try tree(output) == unbroken, "after \(operations) operations")
      #expect(outcome.found == kept.count)
      #expect(kept.isDisjoint(with: generator.painted.map(\.seed)), "something was made twice")
      operations += 1
    }
    // Two originals with masks, three images with masks and lines, two lists: far more than 20.
    #expect(operations > 20)
  }

  private func hasScratch(_ output: URL) -> Bool {
    FileManager.default.fileExists(atPath: output.path + "/.spolvero")
  }

  /// Nothing is half written.
  private func expectWhole(_ output: URL, of unbroken: [String: Data]) throws {
    guard FileManager.default.fileExists(atPath: output.path) else { return }
    for (path, data) in try tree(output) where path != ".spolvero" && path != Ledger.path {
      #expect(data == unbroken[path], "\(path)")
    }
  }

  @Test func whatCannotBeReadIsNotTakenForAbsent() throws {
    let dataset = try TestDataset(stems: ["a", "b"])
    let plan = try dataset.plan()
    let output = dataset.folder.appending("out")
    try plan.run(into: output)
    let whole = try tree(output)
    for operations in 0... {
      let (files, generator) = (FailingFiles(.unreadable, after: operations), FakeGenerator())
      _ = try? plan.run(into: output, generator: generator, files: files)
      #expect(generator.painted.isEmpty)
      #expect(try tree(output).filter { $0.key != ".spolvero" } == whole)
      if !files.hasFailed { break }
    }
    try plan.run(into: output)
    #expect(try tree(output) == whole)
  }

  @Test func anInterruptionEndsTheRunBetweenTwoSteps() throws {
    let dataset = try TestDataset()
    let plan = try dataset.plan()
    try plan.run(into: dataset.folder.appending("unbroken"))
    let output = dataset.folder.appending("out")
    for _ in 0..<5 {
      let interruption = Interruption()
      #expect {
        try plan.run(into: output, interruption: interruption) {
          if $0.images == self.finished(in: output).count && $0.step == 2 { interruption.request() }
        }
      } throws: { ($0 as? AugmentationError)?.kind == .interrupted }
      #expect(!hasScratch(output))
      #expect(
        !FileManager.default.fileExists(atPath: output.path + "/ImageSets/Segmentation/train.txt"))
    }
    try plan.run(into: output)
    #expect(try tree(output) == tree(dataset.folder.appending("unbroken")))
  }

  @Test(arguments: [
    "JPEGImages/a.jpg", "JPEGImages/a_1.jpg", "SegmentationClass/a_1.png", "ledger.jsonl",
    "ImageSets/Segmentation/train.txt", "ImageSets/Segmentation/generated.txt",
  ]) func repairsWhatWasDamagedOrRemoved(path: String) throws {
    let dataset = try TestDataset(stems: ["a", "b"])
    let plan = try dataset.plan()
    let output = dataset.folder.appending("out")
    try plan.run(into: output)
    let whole = try tree(output)
    let data = try #require(whole[path])
    let url = output.appendingPathComponent(path)

    try data.dropLast(7).write(to: url)
    let outcome = try plan.run(into: output)
    #expect(outcome.painted == (path.contains("_1") || path == "ledger.jsonl" ? 1 : 0))
    #expect(try tree(output) == whole)

    try FileManager.default.removeItem(at: url)
    try plan.run(into: output)
    #expect(try tree(output) == whole)
  }

  @Test func linesThatAreNotTrueAreMadeAgain() throws {
    let dataset = try TestDataset()
    let plan = try dataset.plan()
    let output = dataset.folder.appending("out")
    try plan.run(into: output)
    let whole = try tree(output)
    let ledger = output.appendingPathComponent("ledger.jsonl")
    let lines = LedgerLines(of: ledger)
    let images = lines.images
    let forged = images[1].replacing("A photo of", with: "A drawing of")
    let order = lines.setups + [images[4], "{}", forged, images[0], images[3]]
    try Data(order.joined(separator: "\n").utf8).write(to: ledger)

    let generator = FakeGenerator()
    #expect(try plan.run(into: output, generator: generator) == .init(painted: 2, found: 3))
    #expect(generator.painted.map(\.seed) == [plan.pictures[1].seed, plan.pictures[2].seed])
    #expect(try tree(output) == whole)
  }

  @Test func aRunMayBeMoved() throws {
    let dataset = try TestDataset()
    let plan = try dataset.plan()
    let (first, second) = (dataset.folder.appending("first"), dataset.folder.appending("second"))
    try plan.run(into: first)
    let whole = try tree(first)
    try FileManager.default.moveItem(at: first, to: second)
    #expect(try plan.run(into: second).painted == 0)
    #expect(try tree(second) == whole)
  }

  @Test func anotherPainterGoesOnAndTheLedgerSaysWhichOnePaintedWhat() throws {
    let dataset = try TestDataset()
    let plan = try dataset.plan()
    let output = dataset.folder.appending("out")
    try plan.run(into: output, generator: FakeGenerator(identity: "brush"))
    let ledger = output.appendingPathComponent("ledger.jsonl")
    let lines = LedgerLines(of: ledger)
    // A line that does not say what painted is as good as one that does.
    let name = try #require(lines.setups[0].firstMatch(of: /"setup":"([0-9a-f]{16})"/)).1
    let silent = [
      lines.setups[0].replacing(#""paintedOn":"brush","#, with: ""), lines.images[1],
    ].map { $0.replacing(name, with: "of an earlier version") }
    #expect(!silent[0].contains("brush"))
    let order = [lines.setups[0], lines.images[0]] + silent
    try Data(order.map { $0 + "\n" }.joined().utf8).write(to: ledger)

    let outcome = try plan.run(into: output, generator: FakeGenerator(identity: "quill"))
    #expect(outcome == .init(painted: 3, found: 2))
    let generators = try LedgerRecord.all(in: output).map(\.paintedOn)
    #expect(generators == ["brush", nil, "quill", "quill", "quill"])
  }

  /// Where the traits differ, images would differ by more than a machine's rounding.
  @Test func aPainterOfOtherTraitsIsRefusedAndNothingIsPainted() throws {
    let dataset = try TestDataset()
    let plan = try dataset.plan()
    let output = dataset.folder.appending("out")
    try plan.run(into: output)
    try FileManager.default.removeItem(at: output.appendingPathComponent("JPEGImages/a_1.jpg"))
    // The ledger loses the line of what is missing, whoever paints that.
    func files() throws -> [String: Data] { try tree(output).filter { $0.key != Ledger.path } }
    let before = try files()
    let other = FakeGenerator(traits: GeneratorTraits(device: "canvas", precision: "coarse"))
    let text = message { try plan.run(into: output, generator: other) }
    #expect(text.contains("generator.precision is 'fine' there and 'coarse' now"))
    #expect(text.contains("generator.scheduler is 'by hand' there and not set now"))
    #expect(other.painted.isEmpty)
    #expect(try files() == before)

    // What is known before the models are loaded is compared before, also where nothing is left to paint.
    try plan.run(into: output)
    let expected = GeneratorTraits(precision: "coarse")
    #expect(message { try plan.run(into: output, expecting: expected) }.contains("'coarse' now"))
    #expect(try plan.run(into: output, expecting: GeneratorTraits(precision: "fine")).painted == 0)
  }

  /// A process of its own is killed by force, again and again, wherever it happens to be.
  @Test func survivesKillingByForce() async throws {
    let dataset = try TestDataset()
    let (root, output) = (dataset.root.path, dataset.folder.appending("killed").path)
    try dataset.plan().run(into: dataset.folder.appending("unbroken"))
    for delay in [0.002, 0.012, 0.021, 0.033, 0.047, 0.06] {
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [root = root as String, output = output as String, delay = delay as Double] in
        let plan = try AugmentationPlan(
          dataset: SegmentationDataset(root: URL(fileURLWithPath: root), split: "train"),
          captions: nil,
          settings: TestDataset.settings)
        Thread.detachNewThread {
          Thread.sleep(forTimeInterval: delay)
          kill(getpid(), SIGKILL)
        }
        try plan.run(
          into: URL(fileURLWithPath: output),
          generator: FakeGenerator(stepDuration: .milliseconds(5)))
        kill(getpid(), SIGKILL)
      }
    }
    try dataset.plan().run(into: URL(fileURLWithPath: output))
    #expect(
      try tree(URL(fileURLWithPath: output)) == tree(dataset.folder.appending("unbroken")))
  }
}
