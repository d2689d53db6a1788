import ArgumentParser
import Augmentation
import Foundation

/// Puts the folders of shards together.
struct Merge: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Put together what shards of one run have painted into folders of their own.",
    discussion: """
      The result is the folder that one run gives, byte for byte. Shards that write into one folder need no merging: the \
      last of them puts the dataset together. Nothing of the shards' folders is changed; a merging may be stopped at any \
      moment, and the same command goes on.

          spolvero augment --dataset VOC2012 --model models/sd15 --adapter models/canny-sd15 -o part-1 --shard 1/2
          spolvero augment --dataset VOC2012 --model models/sd15 --adapter models/canny-sd15 -o part-2 --shard 2/2
          spolvero merge part-1 part-2 -o augmented
      """)

  @Argument(help: "Output folders of all shards of a run.", completion: .directory)
  var parts: [String]

  @Option(
    name: .shortAndLong, help: "Folder to write: new, empty, or to go on with.",
    completion: .directory)
  var output: String

  @OptionGroup
  var progress: ProgressOptions

  mutating func run() throws {
    progress.apply()
    StopSignals.watch()
    let output = URL(fileURLWithPath: output)
    let merge = try ShardMerge(
      of: parts.map { URL(fileURLWithPath: $0) }, check: StopSignals.check)
    let report = ProgressReport()
    try merge.write(to: output, interruption: StopSignals.interruption) { done, all in
      report.show(
        "image \(done)/\(all)", fraction: Double(done) / Double(max(1, all)),
        isMilestone: done == all)
    }
    try Console.result(["\(output.relativePath): \(merge.count) images"])
  }
}
