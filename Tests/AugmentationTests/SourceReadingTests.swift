import Augmentation
import DurableFiles
import Foundation
import ImageAnnotation
import ImageFiles
import SegmentationDatasets
import Synchronization
import TestSupport
import Testing

/// How often files of a dataset are opened, and outlines drawn.
@Suite struct SourceReadingTests {
  /// Counts what is read, by file.
  private final class Reads: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    var byName: [String: Int] { counts.withLock { $0 } }

    func read(_ url: URL) throws(POSIXError) -> Data? {
      let place = url.pathComponents.suffix(2).joined(separator: "/")
      counts.withLock { $0[place, default: 0] += 1 }
      return try readFile(url)
    }
  }

  /// Canny's edges, counted.
  private struct CountingDetector: ControlAnnotator {
    let calls = Counter()

    func callAsFunction(_ image: Image) -> Image {
      calls.count()
      return CannyDetector()(image)
    }
  }

  private let dataset: TestDataset
  private let reads = Reads()
  private let annotator = CountingDetector()

  init() throws { dataset = try TestDataset(stems: ["a", "b", "c"]) }

  private func plan(copies: Int) throws -> AugmentationPlan {
    var settings = TestDataset.settings
    (settings.images, settings.copies) = (nil, copies)
    var files = try SegmentationDataset(root: dataset.root, split: "train")
    files.reader = reads.read
    return try AugmentationPlan(dataset: files, captions: nil, settings: settings)
  }

  /// Once to plan, once to copy, once to paint: no more for ten copies than for one.
  @Test(arguments: [1, 2, 10]) func doNotGrowWithTheCopies(copies: Int) throws {
    let plan = try plan(copies: copies)
    #expect(Set(reads.byName.values) == [1])
    _ = (plan.enlargementWarning, try RunEstimate(of: plan, pace: nil))
    try plan.run(into: dataset.folder.appending("out"), batchSize: 2, annotator: annotator)
    #expect(reads.byName.count == 6 && Set(reads.byName.values) == [3])
    // The photograph's and its labels'.
    #expect(annotator.calls.value == 2 * 3)
  }

  @Test func whatIsThereIsNotReadAgain() throws {
    let output = dataset.folder.appending("out")
    try plan(copies: 2).run(into: output)
    try FileManager.default.removeItem(at: output.appendingPathComponent("JPEGImages/b_2.jpg"))
    let outcome = try plan(copies: 2).run(into: output, annotator: annotator)
    #expect(outcome.painted == 1 && annotator.calls.value == 2)
    #expect(reads.byName["SegmentationClass/b.png"] == 5)
    #expect(reads.byName["SegmentationClass/a.png"] == 4)
  }

  /// What a run was begun on was decoded then. Here that is said of a photograph that cannot be.
  @Test func whatARunWasBegunOnIsNotDecodedAgain() throws {
    let output = dataset.folder.appending("out")
    let begun = try plan(copies: 1)
    try begun.run(into: output)
    func resumed() throws -> AugmentationPlan {
      try AugmentationPlan(
        dataset: SegmentationDataset(root: dataset.root, split: "train"), captions: nil,
        settings: begun.settings, resumingIn: output)
    }
    #expect(try resumed().sources == begun.sources)

    let photograph = begun.sources[0].photograph
    let data = try Data(contentsOf: photograph)
    try data.dropLast(200).write(to: photograph)
    #expect(message { try resumed() }.contains(photograph.path))

    let hashes = begun.sources.flatMap { [$0.hashes.image, $0.hashes.mask] }
    let others = [data.dropLast(200).sha256] + hashes.dropFirst()
    let file = output.appending(path: "spolvero.json")
    let text = try String(contentsOf: file, encoding: .utf8)
      .replacing(
        Data(hashes.joined().utf8).sha256, with: Data(others.joined().utf8).sha256)
    try Data(text.utf8).write(to: file)
    #expect(try resumed().sources.map(\.size) == begun.sources.map(\.size))
  }

  @Test func aFileThatHasChangedSinceIsNoticed() throws {
    let plan = try plan(copies: 1)
    let mask = plan.sources[1].mask.url
    try LabelImage(width: 1, height: 1, ids: [1]).pngData().write(to: mask)
    let text = message { try plan.run(into: dataset.folder.appending("out")) }
    #expect(text.hasPrefix("\(mask.path): this file has changed since the run started"))
    try FileManager.default.removeItem(at: mask)
    #expect(
      message { try plan.run(into: dataset.folder.appending("out")) }.contains(
        "cannot be read any more (No such file or directory)"))
  }
}

@Suite struct PlannedCacheTests {
  /// How often a value is made when these keys come, each of cost 1.
  private func made(_ keys: [Int], limit: Int) -> Int {
    var count = 0
    var cache = PlannedCache<Int, Int>(keys, limit: limit)
    for key in keys {
      let value = cache.next { key in
        count += 1
        return (10 * key, 1)
      }
      #expect(value == 10 * key)
    }
    return count
  }

  @Test func makesEachValueOnceWhereAllFit() {
    #expect(made([1, 2, 3, 1, 2, 3, 3, 1], limit: 3) == 3)
    #expect(made([], limit: 3) == 0)
  }

  @Test func makesRoomByWhatIsNeededLatest() {
    // Three keys in turn, two places: two of them stay, and the third is made each time.
    #expect(made([1, 2, 3, 1, 2, 3, 1, 2, 3], limit: 2) == 5)
    #expect(made([1, 2, 3, 4, 1, 2, 3, 4], limit: 1) == 7)
  }

  @Test func keepsNothingThatIsNotNeededAgainOrDoesNotFit() {
    #expect(made([1, 2, 1, 3, 1, 4, 1], limit: 1) == 4)
    #expect(made([1, 1, 2, 2], limit: 0) == 4)
  }
}
