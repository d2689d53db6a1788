import Augmentation
import Foundation
import SegmentationDatasets
import TestSupport
import Testing

@Suite struct ShardKillTests {
  /// How long a process may work before it is killed, in milliseconds, and which shard it makes: often one that another
  /// process is making at that moment.
  private struct Attempt: Codable {
    let number, delay: Int
  }

  private static var settings: AugmentationSettings {
    var settings = TestDataset.settings
    settings.images = 120
    return settings
  }

  @Test func aHundredKillsOverFourShardsEndLikeOneRun() async throws {
    let dataset = try TestDataset()
    let plan = try dataset.plan(Self.settings)
    try plan.run(into: dataset.folder.appending("unbroken"))
    let output = dataset.folder.appending("out")
    for _ in 0..<25 {
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<4 {
          let attempt = Attempt(number: .random(in: 1...4), delay: .random(in: 5...85))
          group.addTask { await run(attempt, of: dataset.root.path, into: output.path) }
        }
      }
    }
    let before = (try? LedgerRecord.all(in: output).count) ?? 0
    #expect(before > 0, "the killed ones finished something")
    for number in 1...4 {
      try plan.run(into: output, shard: Shard(number, of: 4))
    }
    #expect(try tree(output) == tree(dataset.folder.appending("unbroken")))
  }

  /// Lets a process of its own make a shard until it is killed.
  private func run(_ attempt: Attempt, of root: String, into output: String) async {
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [root = root as String, output = output as String, attempt = attempt as Attempt] in
      let plan = try AugmentationPlan(
        dataset: SegmentationDataset(root: URL(fileURLWithPath: root), split: "train"),
        captions: nil, settings: Self.settings)
      Thread.detachNewThread {
        Thread.sleep(forTimeInterval: Double(attempt.delay) / 1000)
        kill(getpid(), SIGKILL)
      }
      // A second process of the same shard is refused.
      _ = try? plan.run(
        into: URL(fileURLWithPath: output),
        generator: FakeGenerator(stepDuration: .milliseconds(2)),
        shard: Shard(attempt.number, of: 4))
      kill(getpid(), SIGKILL)
    }
  }
}
