import Augmentation

extension Augment {
  /// Says that a shard has ended before others.
  func report(
    _ outcome: AugmentationRun.Outcome, of shard: Shard, in plan: AugmentationPlan
  ) throws {
    if json {
      return try Console.result(
        json: ShardOutcome(
          shard: "\(shard)", painted: outcome.painted, found: outcome.found,
          missing: outcome.missing))
    }
    Console.note(
      "Shard \(shard) is done; \(outcome.missing) of \(plan.pictures.count) images are others'. The last shard in this "
        + "folder to end puts the dataset together; where each has a folder of its own, 'spolvero merge' does."
    )
  }
}

/// What a shard did that has ended before others, as JSON.
private struct ShardOutcome: Encodable {
  let shard: String
  /// Images painted now, found finished, and still missing from others.
  let painted, found, missing: Int
}
