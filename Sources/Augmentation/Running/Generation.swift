import ImageFiles

/// Makes missing images in the plan's order and files each one: image, mask, ledger line.
///
/// While a batch is painted, the one before is filed and the next one's photographs are read and drawn. An image counts as
/// finished when its files are in their places.
struct Generation<R: Recipe> {
  typealias Job = BatchPreparation<R>.Job

  let plan: AugmentationPlan
  let recipe: R
  let dataset: RunDataset
  /// How many images the run makes, finished ones included.
  let count: Int
  let batchSize: Int
  let interruption: Interruption
  let progress: (AugmentationProgress) -> Void

  /// Makes the images at `indices`, ascending places in the plan, in batches of equal size.
  func paint(_ indices: [Int], into ledger: inout Ledger) throws {
    let filing = ImageFiling(into: dataset.folder, as: plan.settings.imageFormat)
    let preparation = BatchPreparation(
      batches(of: indices), of: plan, for: recipe, interruption: interruption)
    defer { preparation.end() }
    var stopwatch = Stopwatch(pictures: indices.count, steps: recipe.steps)
    do {
      while let batch = try preparation.next() {
        try paint(batch, filing, into: &ledger, &stopwatch)
      }
      try collect(from: filing, isAwaited: true, into: &ledger, stopwatch)
    } catch {
      // What is painted already is kept, whatever ended the run.
      try? collect(from: filing, isAwaited: true, into: &ledger, stopwatch)
      throw error
    }
  }

  /// The images by the sizes of their photographs, which are painted at one size: each batch comes where its last image
  /// stands in the plan, so that one image at a time keeps the plan's order.
  func batches(of indices: [Int]) -> [[Int]] {
    var open: [ImageSize: [Int]] = [:]
    var batches: [[Int]] = []
    for index in indices {
      let size = plan.size(of: plan.pictures[index])
      open[size, default: []].append(index)
      if let full = open[size], full.count == batchSize {
        batches.append(full)
        open[size] = nil
      }
    }
    return batches + open.values.sorted { $0[0] < $1[0] }
  }

  private func paint(
    _ batch: [Job], _ filing: ImageFiling, into ledger: inout Ledger, _ stopwatch: inout Stopwatch
  ) throws {
    func check(_ step: Int) throws {
      let left = (recipe.steps - step) * batch.count
      try interruption.check(beforeFinishingIn: stopwatch.seconds(forSteps: left))
    }
    let attempts = BatchAttempts(of: batch, in: dataset, for: recipe)
    let made = try attempts.best(checkingRepeats: check) { step in
      try collect(from: filing, isAwaited: false, into: &ledger, stopwatch)
      stopwatch.lap(batch: batch.count, step: step)
      report(batch[0].index, ledger.count, step: step, stopwatch)
      try check(step)
    }
    stopwatch.lap(painted: batch.count)
    // One batch waits at most.
    try collect(from: filing, isAwaited: true, into: &ledger, stopwatch)
    for (job, attempt) in zip(batch, made) {
      filing.add(attempt.output, as: attempt.record, at: job.index)
    }
  }

  /// Adds the lines of images whose files are in their places to the ledger, and tells of each.
  private func collect(
    from filing: ImageFiling, isAwaited: Bool, into ledger: inout Ledger, _ stopwatch: Stopwatch
  ) throws {
    while let filed = try filing.next(isAwaited: isAwaited) {
      try ledger.add(filed.record, at: filed.index)
      report(filed.index, ledger.count, step: 0, stopwatch)
    }
  }

  private func report(_ index: Int, _ images: Int, step: Int, _ stopwatch: Stopwatch) {
    let picture = plan.pictures[index]
    progress(
      AugmentationProgress(
        name: picture.name, classes: picture.classes, images: images, imagesInAll: count,
        step: step, steps: recipe.steps, secondsElapsed: stopwatch.secondsElapsed,
        secondsPerImage: stopwatch.secondsPerImage, secondsLeft: stopwatch.secondsLeft))
  }
}
