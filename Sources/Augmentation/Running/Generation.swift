import DurableFiles
import Foundation
import ImageFiles

/// Makes missing images in the plan's order and files each one: image, mask, ledger line.
struct Generation<R: Recipe> {
  typealias Request = RecipeRequest<R.Material>

  /// What is drawn from sources takes so much memory at most, in bytes, for as long as the plan needs it again.
  static var materialLimit: Int { 512 << 20 }

  let plan: AugmentationPlan
  let recipe: R
  let records: [LedgerRecord]
  let folder: OutputFolder
  /// How many images the run makes, finished ones included.
  let count: Int
  let batchSize: Int
  let interruption: Interruption
  let progress: (AugmentationProgress) -> Void

  /// An image that is ready to be made.
  private struct Job {
    let index: Int
    let material: R.Material
  }

  /// An image as it came out.
  private struct Result {
    let output: RecipeOutput
    /// Which attempt it is, from 0.
    let attempt: Int
    var fit: Double { output.fit ?? 0 }
  }

  /// Makes the images at `indices`, ascending places in the plan, in batches of equal size.
  func paint(_ indices: [Int], into ledger: inout Ledger) throws {
    var stopwatch = Stopwatch(pictures: indices.count, steps: recipe.steps)
    let batches = batches(of: indices)
    var materials = PlannedCache<Int?, R.Material>(
      batches.joined().map { plan.pictures[$0].source }, limit: Self.materialLimit)
    let reader = SourceReader(read: plan.reader)
    let found = ledger.count
    for batch in batches {
      let jobs = try batch.map { index in
        try interruption.check()
        return Job(
          index: index,
          material: try materials.next { source in
            let files = try source.map { try reader.files(of: plan.sources[$0]) }
            let material = try recipe.material(from: files, check: interruption.check)
            return (material, material.byteCount)
          })
      }
      try paint(jobs, into: &ledger, found: found, &stopwatch)
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
    _ batch: [Job], into ledger: inout Ledger, found: Int, _ stopwatch: inout Stopwatch
  ) throws {
    let finished = ledger.count
    func report(_ job: Job, images: Int, batch: Int, step: Int) {
      stopwatch.lap(painted: images - found, batch: batch, step: step)
      let picture = plan.pictures[job.index]
      progress(
        AugmentationProgress(
          name: picture.name, classes: picture.classes, images: images,
          imagesInAll: count, step: step, steps: recipe.steps,
          secondsElapsed: stopwatch.secondsElapsed, secondsPerImage: stopwatch.secondsPerImage,
          secondsLeft: stopwatch.secondsLeft))
    }
    func check(_ step: Int) throws {
      let left = (recipe.steps - step) * batch.count
      try interruption.check(beforeFinishingIn: stopwatch.seconds(forSteps: left))
    }
    let results = try attempts(of: batch, checkingRepeats: check) { step in
      report(batch[0], images: finished, batch: batch.count, step: step)
      try check(step)
    }
    for (job, result) in zip(batch, results) {
      try file(result, for: job, in: &ledger)
      report(job, images: ledger.count, batch: 0, step: 0)
    }
  }

  /// Makes a batch, and those of its images again that follow their masks too little, each time with
  /// other noise.
  ///
  /// - Parameters:
  ///   - check: Called after the steps of later attempts.
  ///   - progress: Called after the steps of the first attempt.
  /// - Returns: The best attempt of each, the first among equals.
  private func attempts(
    of batch: [Job], checkingRepeats check: (_ step: Int) throws -> Void,
    progress: (_ step: Int) throws -> Void
  ) throws -> [Result] {
    var best = try make(batch, attempt: 0, progress: progress)
    for attempt in 0..<(plan.settings.retries ?? 0) {
      let poor = batch.indices.filter {
        best[$0].output.fit.map { $0 < plan.settings.minFit ?? 0 } ?? false
      }
      if poor.isEmpty { break }
      let again = try make(poor.map { batch[$0] }, attempt: attempt + 1, progress: check)
      for (place, result) in zip(poor, again) where result.fit > best[place].fit {
        best[place] = result
      }
    }
    return best
  }

  private func make(
    _ batch: [Job], attempt: Int, progress: (_ step: Int) throws -> Void
  ) throws -> [Result] {
    let requests = batch.map { job in
      var record = records[job.index]
      if attempt > 0 { record.attempt(attempt) }
      return Request(
        picture: plan.pictures[job.index], seed: record.seed, material: job.material)
    }
    let outputs = try recipe.make(requests) { step, _ in try progress(step) }
    precondition(
      outputs.count == batch.count, "Recipe: \(outputs.count) images for \(batch.count) requests")
    return outputs.map { Result(output: $0, attempt: attempt) }
  }

  private func file(_ result: Result, for job: Job, in ledger: inout Ledger) throws {
    let output = result.output
    let data = try plan.settings.imageFormat.data(of: output.image)
    var record = records[job.index]
    record.painted = job.material.size
    (record.paintedOn, record.generator) = (recipe.identity, recipe.traits)
    (record.imageSHA256, record.maskSHA256) = (data.sha256, output.mask.sha256)
    if output.instances == nil { record.instances = nil }
    record.instancesSHA256 = record.instances.flatMap { _ in output.instances?.sha256 }
    record.fit = output.fit
    if result.attempt > 0 { record.attempt(result.attempt) }
    try folder.place(data, at: record.image)
    try folder.place(output.mask, at: record.mask)
    if let instances = output.instances, let path = record.instances {
      try folder.place(instances, at: path)
    }
    try ledger.add(record, at: job.index)
  }
}
