/// Makes the images of a batch, and those that follow their masks too little again, each time with other noise.
struct BatchAttempts<R: Recipe> {
  /// An image as it came out.
  struct Attempt {
    let output: RecipeOutput
    /// Its line in the ledger, but for the hashes of its files.
    let record: LedgerRecord
    var fit: Double { output.fit ?? 0 }
  }

  private let batch: [BatchPreparation<R>.Job]
  private let dataset: RunDataset
  private let recipe: R
  private var settings: AugmentationSettings { dataset.plan.settings }

  init(of batch: [BatchPreparation<R>.Job], in dataset: RunDataset, for recipe: R) {
    (self.batch, self.dataset, self.recipe) = (batch, dataset, recipe)
  }

  /// The best attempt of each image, the first among equals.
  ///
  /// - Parameters:
  ///   - check: Called after the steps of later attempts.
  ///   - progress: Called after the steps of the first attempt.
  func best(
    checkingRepeats check: (_ step: Int) throws -> Void, progress: (_ step: Int) throws -> Void
  ) throws -> [Attempt] {
    var best = try make(Array(batch.indices), attempt: 0, progress: progress)
    for attempt in 0..<(settings.retries ?? 0) {
      let poor = batch.indices.filter {
        best[$0].output.fit.map { $0 < settings.minFit ?? 0 } ?? false
      }
      if poor.isEmpty { break }
      let again = try make(poor, attempt: attempt + 1, progress: check)
      for (place, result) in zip(poor, again) where result.fit > best[place].fit {
        best[place] = result
      }
    }
    return best
  }

  /// - Parameter places: Those of the images in the batch.
  private func make(
    _ places: [Int], attempt: Int, progress: (_ step: Int) throws -> Void
  ) throws -> [Attempt] {
    let records = places.map { record(of: batch[$0], attempt: attempt) }
    let requests = zip(places, records).map { place, record in
      RecipeRequest(
        picture: dataset.plan.pictures[batch[place].index], seed: record.seed,
        material: batch[place].material)
    }
    let outputs = try recipe.make(requests) { step, _ in try progress(step) }
    precondition(
      outputs.count == places.count, "Recipe: \(outputs.count) images for \(places.count) requests")
    return zip(outputs, records).map { output, record in
      var record = record
      record.fit = output.fit
      return Attempt(output: output, record: record)
    }
  }

  private func record(of job: BatchPreparation<R>.Job, attempt: Int) -> LedgerRecord {
    var record = dataset.record(at: job.index)
    record.painted = job.material.size
    (record.paintedOn, record.generator) = (recipe.identity, recipe.traits)
    if attempt > 0 { record.attempt(attempt) }
    return record
  }
}
