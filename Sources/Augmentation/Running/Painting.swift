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
        height: size.height, seed: picture.seed, guide: priors.blend),
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
    let images = try studio.painter.paint(
      batch.map(\.request), plan.settings.sampling
    ) { step, _ in
      report(batch[0], images: finished, batch: batch.count, step: step)
      try interruption.check()
    }
    precondition(
      images.count == batch.count, "Painter: \(images.count) pictures for \(batch.count) requests")
    for (job, image) in zip(batch, images) {
      try file(image, for: job, in: &ledger)
      report(job, images: ledger.count, batch: 0, step: 0)
    }
  }

  private func file(_ image: Image, for job: Job, in ledger: inout Ledger) throws {
    precondition(
      image.width == job.size.width && image.height == job.size.height,
      "Painter: a picture of \(image.width)×\(image.height) for a guide of "
        + "\(job.size.width)×\(job.size.height)")
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
    record.fit = job.fit?(image)
    try folder.place(data, at: record.image)
    try folder.place(mask, at: record.mask)
    try ledger.add(record, at: job.index)
  }

  private func encoded(_ picture: Image) throws -> Data {
    plan.settings.imageFormat == .jpeg
      ? try picture.jpegData(quality: 95, subsampling: .none) : try picture.pngData()
  }
}
