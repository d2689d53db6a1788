import DiffusionPipelines
import Foundation
import ImageFiles

/// Paints missing pictures in the plan's order and files each one: picture, mask, ledger line.
struct Painting {
  let plan: AugmentationPlan
  let studio: Studio
  let hashes: SourceHashes
  let records: [LedgerRecord]
  let folder: OutputFolder
  let batchSize: Int
  let interruption: Interruption
  let progress: (AugmentationProgress) -> Void

  /// A picture that is ready to be painted.
  private struct Job {
    let index: Int
    let request: PictureRequest
    let size: PaintingSize
    let width, height: Int
    /// The labels at the size that is painted.
    let labels: LabelImage
    let fit: MaskFit?
  }

  /// A picture as it came out.
  private struct PaintedPicture {
    let image: Image
    /// Which attempt it is, from 0.
    let attempt: Int
    let fit: Double?
  }

  /// Paints the pictures at `indices`, ascending places in the plan, in batches of equal size.
  func paint(_ indices: [Int], into ledger: inout Ledger) throws {
    var stopwatch = Stopwatch(pictures: indices.count, steps: plan.settings.sampling.steps)
    let found = ledger.count
    var batch: [Job] = []
    for index in indices {
      try interruption.check()
      let job = try job(index)
      if batch.count == batchSize || batch.first.map({ $0.size != job.size }) ?? false {
        try paint(batch, into: &ledger, found: found, &stopwatch)
        batch = []
      }
      batch.append(job)
    }
    try paint(batch, into: &ledger, found: found, &stopwatch)
  }

  private func job(_ index: Int) throws -> Job {
    let picture = plan.pictures[index]
    let source = plan.sources[picture.source]
    let photograph = try Image(
      decoding: hashes.photograph(picture.source, of: source), name: source.photograph.path)
    let labels = try LabelImage(
      decoding: hashes.mask(picture.source, of: source), name: source.mask.path)
    let size = try PaintingSize(
      of: photograph.size, named: source.photograph.path, resolution: plan.settings.resolution,
      multiple: studio.painter.sizeMultiple)
    let paintedLabels = labels.resizedNearest(width: size.width, height: size.height)
    let priors = try VisualPriors(
      photograph: photograph, labels: labels, width: size.width, height: size.height,
      settings: plan.settings.prior, detector: studio.detector, check: interruption.check)
    return Job(
      index: index,
      request: PictureRequest(
        prompt: picture.prompt, negativePrompt: plan.settings.negativePrompt, width: size.width,
        height: size.height, seed: picture.seed,
        controlImages: [priors.blend]),
      size: size, width: photograph.width, height: photograph.height,
      labels: paintedLabels,
      fit: MaskFit(
        photograph: photograph.atPaintingSize(width: size.width, height: size.height),
        labels: paintedLabels))
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
          imagesInAll: plan.pictures.count, step: step, steps: plan.settings.sampling.steps,
          secondsElapsed: stopwatch.secondsElapsed, secondsPerImage: stopwatch.secondsPerImage,
          secondsLeft: stopwatch.secondsLeft))
    }
    let pictures = try attempts(of: batch) { step in
      report(batch[0], images: finished, batch: batch.count, step: step)
    }
    for (job, picture) in zip(batch, pictures) {
      try file(picture, for: job, in: &ledger)
      report(job, images: ledger.count, batch: 0, step: 0)
    }
  }

  /// Paints a batch, and those of its pictures again that follow their masks too little, each time with
  /// other noise.
  ///
  /// - Parameter progress: Called after the steps of the first attempt.
  /// - Returns: The best attempt of each, the first among equals.
  private func attempts(
    of batch: [Job], progress: (_ step: Int) -> Void
  ) throws -> [PaintedPicture] {
    var best = try paint(batch, attempt: 0, progress: progress)
    for attempt in 0..<(plan.settings.retries ?? 0) {
      let poor = batch.indices.filter {
        best[$0].fit.map { $0 < plan.settings.minFit ?? 0 } ?? false
      }
      if poor.isEmpty { break }
      let again = try paint(poor.map { batch[$0] }, attempt: attempt + 1) { _ in }
      for (place, picture) in zip(poor, again) where picture.fit ?? 0 > best[place].fit ?? 0 {
        best[place] = picture
      }
    }
    return best
  }

  private func paint(
    _ batch: [Job], attempt: Int, progress: (_ step: Int) -> Void
  ) throws -> [PaintedPicture] {
    let requests = batch.map { job in
      var (record, request) = (records[job.index], job.request)
      if attempt > 0 { record.attempt(attempt) }
      request.seed = record.seed
      return request
    }
    let images = try studio.painter.paint(requests, plan.settings.sampling) { step, _ in
      progress(step)
      try interruption.check()
    }
    precondition(
      images.count == batch.count, "Painter: \(images.count) pictures for \(batch.count) requests")
    return zip(batch, images).map { job, image in
      precondition(
        image.width == job.size.width && image.height == job.size.height,
        "Painter: a picture of \(image.width)×\(image.height) for a guide of "
          + "\(job.size.width)×\(job.size.height)")
      return PaintedPicture(image: image, attempt: attempt, fit: job.fit?(image))
    }
  }

  private func file(_ painted: PaintedPicture, for job: Job, in ledger: inout Ledger) throws {
    let image = painted.image
    let picture = plan.pictures[job.index]
    let keepsSize = plan.settings.keepsPaintedSize == true
    let data = try encoded(
      keepsSize
        ? image.rgb() : image.rgb().resized(width: job.width, height: job.height, .lanczos))
    let mask =
      try keepsSize
      ? job.labels.pngData() : hashes.mask(picture.source, of: plan.sources[picture.source])
    var record = records[job.index]
    record.painted = job.size
    record.paintedOn = studio.painter.identity
    record.imageSHA256 = data.sha256
    record.maskSHA256 = mask.sha256
    record.fit = painted.fit
    if painted.attempt > 0 { record.attempt(painted.attempt) }
    try folder.place(data, at: record.image)
    try folder.place(mask, at: record.mask)
    try ledger.add(record, at: job.index)
  }

  private func encoded(_ picture: Image) throws -> Data {
    plan.settings.imageFormat == .jpeg
      ? try picture.jpegData(quality: 95, subsampling: .none) : try picture.pngData()
  }
}
