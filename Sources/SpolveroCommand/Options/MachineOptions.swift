import ArgumentParser
import Augmentation
import Foundation

/// How a run is one of several on several machines, and speaks with what manages them.
struct MachineOptions: ParsableArguments {
  @Option(
    name: .customLong("shard"),
    help: ArgumentHelp(
      """
      Make a part of the images, such as 3/16, into a folder that all shards share, or one of its own for 'merge'; auto in \
      a Slurm array, auto/16 in an indexed job of Kubernetes.
      """, valueName: "i/N"))
  var choice: ShardChoice?

  @Option(help: "When SIGTERM comes, finish the image if that takes no more seconds than this.")
  var grace = 30.0

  @OptionGroup
  var progress: ProgressOptions

  func validate() throws {
    guard grace.isFinite, (0...86_400).contains(grace) else {
      throw ValidationError("--grace must be 0 ... 86400 seconds.")
    }
  }

  /// The shard that this process makes; nil for a whole run.
  func shard() throws -> Shard? {
    let environment = ProcessInfo.processInfo.environment
    if let choice { return try choice.shard(in: environment) }
    if let task = environment["SLURM_ARRAY_TASK_ID"] ?? environment["JOB_COMPLETION_INDEX"] {
      Console.note(
        "This is task \(task) of a job with several, and it makes all images: --shard auto would make its part of them."
      )
    }
    return nil
  }
}

/// How progress is told.
struct ProgressOptions: ParsableArguments {
  enum Style: String, CaseIterable, ExpressibleByArgument {
    case text, json
  }

  @Option(
    name: .customLong("progress"),
    help: "Tell progress, and all else on standard error, as text or as one JSON object a line.")
  var style = Style.text

  /// Lets the console speak so.
  func apply() { Console.writesJSON = style == .json }
}
