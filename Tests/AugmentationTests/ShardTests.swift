import Augmentation
import DurableFiles
import Faults
import Foundation
import SegmentationDatasets
import TestSupport
import Testing

@Suite struct ShardTests {
  private let dataset: TestDataset
  private let plan: AugmentationPlan
  /// What one run gives.
  private let whole: [String: Data]

  init() throws {
    dataset = try TestDataset()
    var settings = TestDataset.settings
    settings.images = 13
    plan = try dataset.plan(settings)
    let folder = dataset.folder.appending("whole")
    try plan.run(into: folder)
    whole = try tree(folder)
  }

  private var output: URL { dataset.folder.appending("out") }

  @Test(arguments: [[1, 2, 3, 4], [3, 1, 4, 2]])
  func theLastOneToEndPutsTheDatasetTogether(order: [Int]) throws {
    var painted = 0
    for (place, number) in order.enumerated() {
      let outcome = try plan.run(into: output, shard: Shard(number, of: 4))
      painted += outcome.painted
      #expect((3...4).contains(outcome.painted), "13 images are dealt out evenly")
      #expect(outcome.missing == 13 - painted)
      #expect(try (tree(output) == whole) == (place == 3))
    }
    let again = try plan.run(into: output, shard: Shard(2, of: 4))
    #expect(again.painted == 0 && again.missing == 0)
    #expect(try tree(output) == whole)
  }

  @Test func anyNumberOfShardsAndNoneGoOn() throws {
    try plan.run(into: output, shard: Shard(2, of: 4))
    try plan.run(into: output, shard: Shard(1, of: 3))
    let outcome = try plan.run(into: output)
    #expect(outcome.found > 5 && outcome.painted + outcome.found == 13)
    #expect(try tree(output) == whole)
  }

  @Test(arguments: FailingFiles.Failure.allCases)
  func endsAlikeWhereverAShardWasStopped(failure: FailingFiles.Failure) throws {
    var settings = TestDataset.settings
    settings.images = 3
    let plan = try dataset.plan(settings)
    let unbroken = dataset.folder.appending("unbroken")
    try plan.run(into: unbroken)
    // The one that ends first, and the one that brings all together.
    for number in [1, 2] {
      var operations = 0
      while true {
        let output = dataset.folder.appending("stopped \(number) after \(operations)")
        if number == 2 { try plan.run(into: output, shard: Shard(1, of: 2)) }
        let files = FailingFiles(failure, after: operations)
        _ = try? plan.run(into: output, shard: Shard(number, of: 2), files: files)
        guard files.hasFailed else { break }
        try plan.run(into: output, shard: Shard(2, of: 2))
        try plan.run(into: output, shard: Shard(1, of: 2))
        #expect(
          try tree(output) == tree(unbroken), "\(number) after \(operations)")
        operations += 1
      }
      #expect(operations > 20)
    }
  }

  @Test func whatIsFinishedSoFarCanBeLookedAt() throws {
    let outcome = try plan.run(into: output, shard: Shard(2, of: 4))
    let records = try LedgerRecord.all(in: output)
    #expect(records.count == outcome.painted)
    // Each of them beside its photograph.
    let sheet = try ContactSheet(of: output, choosing: .spread(9), side: 32) { _ in nil }
    #expect(sheet.records.count == records.count)
  }

  @Test func aShardIsMadeByOneProcess() throws {
    var second: String?
    var other: AugmentationRun.Outcome?
    try plan.run(into: output, shard: Shard(1, of: 2)) { _ in
      if second != nil { return }
      second = message { try plan.run(into: output, shard: Shard(1, of: 2)) }
      other = try? plan.run(into: output, shard: Shard(2, of: 2))
    }
    #expect(
      second?.contains("shard 1/2 is being made by another process") == true, "\(second ?? "")")
    #expect(other?.painted == 6 || other?.painted == 7)
    #expect(try tree(output) == whole)
  }

  @Test func withoutLocksAShardThatRunsTwiceIsHarmless() throws {
    let lockless = LocklessFiles(folder: dataset.folder.url)
    var isFirst = true
    for number in 1...2 {
      try plan.run(into: output, shard: Shard(number, of: 2), files: lockless) { _ in
        guard isFirst else { return }
        isFirst = false
        _ = try? plan.run(into: output, shard: Shard(number, of: 2), files: lockless)
        _ = try? plan.run(into: output, shard: Shard(2, of: 2), files: lockless)
      }
    }
    #expect(try tree(output) == whole)
  }

  @Test func aWholeRunAndShardsKeepEachOtherOut() throws {
    var texts: [String] = []
    try plan.run(into: output, shard: Shard(1, of: 2)) { _ in
      if texts.isEmpty { texts.append(message { try plan.run(into: output) }) }
    }
    try plan.run(into: output) { _ in
      if texts.count == 1 {
        texts.append(message { try plan.run(into: output, shard: Shard(1, of: 2)) })
      }
    }
    for text in texts { #expect(text.contains("another run is writing"), "\(text)") }
    #expect(texts.count == 2)
  }

  @Test func shardsOfOneFolderAreOfOneRun() throws {
    try plan.run(into: output, shard: Shard(1, of: 2))
    var settings = plan.settings
    settings.seed = 9
    let other = try dataset.plan(settings)
    #expect(
      message { try other.run(into: output, shard: Shard(2, of: 2)) }
        .contains("settings.seed is 0 there and 9 now"))
  }

  @Test func namesAreDealtOutEvenly() {
    let names = (0..<1000).map { "photograph_\($0 / 10)_\($0 % 10)" }
    let shares = (1...7).map { Shard($0, of: 7).share(of: names) }
    #expect(shares.allSatisfy { (142...143).contains($0.count) && $0 == $0.sorted() })
    #expect(shares.joined().sorted() == Array(0..<1000))
    // Neighbours, which are images of one photograph, go to several shards.
    #expect(shares.allSatisfy { share in Set(share.map { $0 / 10 }).count > 60 })
  }
}

/// The real disk, as one whose file system knows no locks.
struct LocklessFiles: OutputFiles {
  let folder: URL
  private var disk: Disk { Disk() }

  func kind(of url: URL) throws -> FileStatus.Kind? { try disk.kind(of: url) }
  func names(in folder: URL) throws -> [String]? { try disk.names(in: folder) }
  func read(_ url: URL) throws -> Data? { try disk.read(url) }
  func read(_ url: URL, at offset: Int, count: Int) throws -> Data? {
    try disk.read(url, at: offset, count: count)
  }
  func makeFolder(_ url: URL) throws { try disk.makeFolder(url) }
  func write(_ data: Data, to url: URL, for destination: URL) throws {
    try disk.write(data, to: url, for: destination)
  }
  func synchronize(_ files: [URL], for destination: URL) throws {
    try disk.synchronize(files, for: destination)
  }
  func synchronize(namesIn folder: URL) throws { try disk.synchronize(namesIn: folder) }
  func append(_ data: Data, to url: URL) throws { try disk.append(data, to: url) }
  func link(_ original: URL, at url: URL, for destination: URL, isSymbolic: Bool) throws {
    try disk.link(original, at: url, for: destination, isSymbolic: isSymbolic)
  }
  func rename(_ url: URL, to destination: URL) throws { try disk.rename(url, to: destination) }
  func renameIfFree(_ url: URL, to destination: URL) throws -> Bool {
    try disk.renameIfFree(url, to: destination)
  }
  func remove(_ url: URL) throws { try disk.remove(url) }

  /// Everyone gets one.
  func lock(_ url: URL) throws -> FileLock? {
    try disk.lock(folder.appendingPathComponent(UUID().uuidString))
  }
}
