import ArgumentParser
import Augmentation
import Faults

/// Which part of a run a process makes: a number, or what the machines' manager says in the environment.
enum ShardChoice: ExpressibleByArgument, Equatable {
  case numbered(Shard)
  /// What a Slurm array or an indexed job of Kubernetes has given this process; `count` says how many there are.
  case automatic(count: Int?)

  /// Reads `3/16`, `auto` or `auto/16`.
  init?(argument: String) {
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false)
    let count = parts.count == 2 ? Int(parts[1]) : nil
    guard parts.count == 1 || parts.count == 2 && (1...1_000_000).contains(count ?? 0) else {
      return nil
    }
    if parts[0] == "auto" {
      self = .automatic(count: count)
    } else if let number = Int(parts[0]), let count, (1...count).contains(number) {
      self = .numbered(Shard(number, of: count))
    } else {
      return nil
    }
  }

  /// The shard of a process.
  ///
  /// - Throws: `CommandError` when the environment does not say it.
  func shard(in environment: [String: String]) throws -> Shard {
    switch self {
    case .numbered(let shard): return shard
    case .automatic(let count):
      if let task = try SlurmTask(environment) { return try task.shard(of: count) }
      guard let index = environment["JOB_COMPLETION_INDEX"].flatMap({ Int($0) }), index >= 0 else {
        throw CommandError(
          .request,
          "--shard auto: neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX is a number here. Start this in a job array "
            + "of Slurm or an indexed job of Kubernetes, or number the shard yourself, as in --shard 3/16."
        )
      }
      guard let count else {
        throw CommandError(
          .request,
          "--shard auto: JOB_COMPLETION_INDEX says which shard this is, not of how many. Say --shard auto/N with the "
            + "job's number of completions.")
      }
      guard index < count else {
        throw CommandError(
          .request,
          "--shard auto/\(count): JOB_COMPLETION_INDEX is \(index), so there are more completions than \(count) shards."
        )
      }
      return Shard(index + 1, of: count)
    }
  }
}

/// A task of a Slurm job array, as its environment describes it.
struct SlurmTask {
  private let id, least, greatest, count: Int

  /// - Returns: nil outside of an array.
  /// - Throws: `CommandError` when the variables contradict each other.
  init?(_ environment: [String: String]) throws {
    func number(_ name: String) -> Int? {
      environment["SLURM_ARRAY_TASK_\(name)"].flatMap { Int($0) }
    }
    guard let id = number("ID") else { return nil }
    guard let count = number("COUNT"), let least = number("MIN"), let greatest = number("MAX"),
      (least...max(least, greatest)).contains(id)
    else {
      throw CommandError(
        .request,
        "--shard auto: SLURM_ARRAY_TASK_ID is \(id), but SLURM_ARRAY_TASK_COUNT, _MIN and _MAX do not fit. Number the "
          + "shard yourself, as in --shard 3/16.")
    }
    (self.id, self.count, self.least, self.greatest) = (id, count, least, greatest)
  }

  func shard(of expected: Int?) throws -> Shard {
    // With gaps nobody could tell which one a task is: of the array 3,7 two tasks would make the first two of two.
    guard greatest - least + 1 == count else {
      throw CommandError(
        .request,
        "--shard auto: the array has \(count) tasks from \(least) to \(greatest), with gaps. Submit one without, such as "
          + "--array=1-\(count): what is finished is found, whatever shard has made it.")
    }
    guard expected ?? count == count else {
      throw CommandError(
        .request,
        "--shard auto/\(expected ?? count): the array has \(count) tasks. Say --shard auto, or submit --array=1-\(expected ?? count)."
      )
    }
    return Shard(id - least + 1, of: count)
  }
}
