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
    var materials = PlannedCache<Int?, R.Material>(
      indices.map { plan.pictures[$0].source }, limit: Self.materialLimit)
    let reader = SourceReader(read: plan.reader)
    let found = ledger.count
    var batch: [Job] = []
    for index in indices {
      try interruption.check()
      let material = try materials.next { source in
        let files = try source.map { try reader.files(of: plan.sources[$0]) }
        let material = try recipe.material(from: files, check: interruption.check)
        return (material, material.byteCount)
      }
      if batch.count == batchSize || batch.first.map({ $0.material.size != material.size }) ?? false
      {
        try paint(batch, into: &ledger, found: found, &stopwatch)
        batch = []
      }
      batch.append(Job(index: index, material: material))
    }
    try paint(batch, into: &ledger, found: found, &stopwatch)
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
          imagesInAll: plan.pictures.count, step: step, steps: recipe.steps,
          secondsElapsed: stopwatch.secondsElapsed, secondsPerImage: stopwatch.secondsPerImage,
          secondsLeft: stopwatch.secondsLeft))
    }
    let results = try attempts(of: batch) { step in
      report(batch[0], images: finished, batch: batch.count, step: step)
    }
    for (job, result) in zip(batch, results) {
      try file(result, for: job, in: &ledger)
      report(job, images: ledger.count, batch: 0, step: 0)
    }
  }

  /// Makes a batch, and those of its images again that follow their masks too little, each time with
  /// other noise.
  ///
  /// - Parameter progress: Called after the steps of the first attempt.
  /// - Returns: The best attempt of each, the first among equals.
  private func attempts(of batch: [Job], progress: (_ step: Int) -> Void) throws -> [Result] {
    var best = try make(batch, attempt: 0, progress: progress)
    for attempt in 0..<(plan.settings.retries ?? 0) {
      let poor = batch.indices.filter {
        best[$0].output.fit.map { $0 < plan.settings.minFit ?? 0 } ?? false
      }
      if poor.isEmpty { break }
      let again = try make(poor.map { batch[$0] }, attempt: attempt + 1) { _ in }
      for (place, result) in zip(poor, again) where result.fit > best[place].fit {
        best[place] = result
      }
    }
    return best
  }

  private func make(
    _ batch: [Job], attempt: Int, progress: (_ step: Int) -> Void
  ) throws -> [Result] {
    let requests = batch.map { job in
      var record = records[job.index]
      if attempt > 0 { record.attempt(attempt) }
      return Request(
        picture: plan.pictures[job.index], seed: record.seed, material: job.material)
    }
    let outputs = try recipe.make(requests) { step, _ in
      progress(step)
      try interruption.check()
    }
    precondition(
      outputs.count == batch.count, "Recipe: \(outputs.count) images for \(batch.count) requests")
    return outputs.map { Result(output: $0, attempt: attempt) }
  }

  private func file(_ result: Result, for job: Job, in ledger: inout Ledger) throws {
    let output = result.output
    let data = try encoded(output.image)
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

  private func encoded(_ picture: Image) throws -> Data {
    plan.settings.imageFormat == .jpeg
      ? try picture.jpegData(quality: 95, subsampling: .none) : try picture.pngData()
  }
}
