import ArgumentParser
import Augmentation
import ComputeDevices
import DiffusionPipelines
import Foundation
import NoiseSchedulers
import SegmentationDatasets
import TensorCore

/// Makes a larger, class-balanced dataset by repainting photographs along their outlines.
struct Augment: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a larger, class-balanced dataset by repainting its photographs.",
    discussion: """
      The output is a VOC dataset with the originals and the generated pictures <stem>_<k>, each with \
      the mask of its source, and ledger.jsonl, which says how each picture was made. A run may be \
      stopped at any moment; the same command goes on where it stopped.
      """)

  @Option(
    help: "Folder of the dataset: it holds JPEGImages, or is above such a folder.",
    completion: .directory)
  var dataset: String

  @OptionGroup(title: "Dataset")
  var datasetOptions: DatasetOptions

  @Option(
    name: .shortAndLong, help: "Folder for the augmented dataset: new, empty, or to go on with.",
    completion: .directory)
  var output: String?

  @Option(
    name: .shortAndLong, help: "Folder of the model, in diffusers' layout.", completion: .directory)
  var model: String?

  @Option(
    help: "Folder of the T2I-Adapter, which keeps the pictures to the outlines.",
    completion: .directory)
  var adapter: String?

  @OptionGroup(title: "Pictures")
  var pictures: PictureOptions

  @OptionGroup(title: "Outlines")
  var prior: PriorOptions

  @OptionGroup(title: "Sampling")
  var sampling: SamplingOptions

  @OptionGroup(title: "Computing")
  var computing: DeviceOptions

  @Option(help: "Pictures painted at once; the pictures do not depend on it.")
  var batchSize = 1

  @Flag(help: "Only say what would be made; needs neither model nor adapter.")
  var dryRun = false

  @Flag(help: "Print the balance before and after as one JSON object.")
  var json = false

  func validate() throws {
    if batchSize < 1 { throw ValidationError("--batch-size must be at least 1.") }
    if !dryRun && (output == nil || model == nil || adapter == nil) {
      throw ValidationError("--output, --model and --adapter are needed, unless with --dry-run.")
    }
  }

  mutating func run() throws {
    StopSignals.watch()
    let device = dryRun ? nil : try computing.open()
    let plan = try AugmentationPlan(
      dataset: datasetOptions.open(dataset), captions: pictures.readCaptions(),
      settings: settings(on: device),
      skippingInvalid: datasetOptions.skipInvalid, check: StopSignals.interruption.check)
    DatasetOptions.note(skipped: plan.skipped)
    for notice in plan.notices { Console.note(notice) }
    if datasetOptions.split != "train" && !dryRun {
      Console.note("The output's list is train.txt, though the split is '\(datasetOptions.split)'.")
    }
    if let device, let output, let model, let adapter {
      try paint(
        plan, on: device, into: URL(fileURLWithPath: output), model: URL(fileURLWithPath: model),
        adapter: URL(fileURLWithPath: adapter))
    }
    if json {
      try Console.result(json: plan.summary)
    } else {
      try Console.result(lines(plan.summary))
    }
  }

  /// - Parameter device: What paints; nil when nothing is painted.
  private func settings(on device: Device?) -> AugmentationSettings {
    var settings = AugmentationSettings()
    settings.targetPerClass = pictures.targetPerClass
    settings.images = pictures.images
    settings.copies = pictures.copies
    settings.promptStyle = pictures.promptStyle
    settings.negativePrompt = pictures.negativePrompt
    settings.seed = pictures.seed
    settings.imageFormat = pictures.imageFormat
    settings.prior = prior.settings
    settings.resolution = prior.resolution
    settings.sampling = sampling.settings
    settings.scheduler = sampling.scheduler?.rawValue
    if let device {
      settings.device = computing.device.resolved.description
      settings.precision = precision(on: device).rawValue
    }
    return settings
  }

  private func precision(on device: Device) -> ProductPrecision {
    computing.precision(on: device, unlessGiven: .auto)
  }

  private func paint(
    _ plan: AugmentationPlan, on device: Device, into output: URL, model: URL, adapter: URL
  ) throws {
    var folders = ["model": model, "adapter": adapter]
    folders["prior"] = prior.priorModel.map { URL(fileURLWithPath: $0) }
    let files = try ModelFiles(of: folders, interruption: StopSignals.interruption)
    let run = AugmentationRun(
      plan: plan, output: output, models: files.hashes, batchSize: batchSize)
    let report = ProgressReport()
    let outcome = try run(
      studio: {
        Console.note("\(device), \(plan.settings.precision): loading \(model.relativePath)")
        let pipeline = try StableDiffusionPipeline(
          folder: model, adapter: adapter, scheduler: sampling.scheduler, device: device,
          precision: precision(on: device))
        for notice in pipeline.notices { Console.warning(notice) }
        try pipeline.check(sampling.settings)
        warnOfUnreadPrompts(plan, pipeline)
        let detector = try prior.detector(on: device)
        try files.requireUnchanged()
        return Studio(painter: pipeline, detector: detector)
      },
      interruption: StopSignals.interruption,
      progress: { report.show($0) })
    let found = outcome.found > 0 ? ", \(outcome.found) were there already" : ""
    Console.note("\(output.relativePath): \(outcome.painted) pictures painted\(found)")
  }

  private func warnOfUnreadPrompts(_ plan: AugmentationPlan, _ pipeline: StableDiffusionPipeline) {
    let prompts = plan.pictures.map { ($0.name, $0.prompt) }
    let negative = pictures.negativePrompt.map { [("the negative prompt", $0)] } ?? []
    let cut = (negative + prompts).compactMap { name, prompt in
      pipeline.unreadPart(of: prompt).map { "\(name): '\($0)'" }
    }
    for line in cut.prefix(3) {
      Console.warning("a prompt is too long; this part of it is not read: \(line)")
    }
    if cut.count > 3 { Console.warning("\(cut.count - 3) more prompts are too long") }
  }

  private func lines(_ summary: AugmentationSummary) -> [String] {
    let (before, after) = (summary.before, summary.after)
    let rows = before.classes.ids.map { id in
      [
        before.classes.name(of: id), "\(before.imagesPerClass[id, default: 0])",
        "\(after.imagesPerClass[id, default: 0])",
      ]
    }
    let lines = [
      ["images", "\(before.images)", "\(after.images)"],
      ["generated", "0", "\(summary.generated)"],
      ["entropy (bits)", before.entropy.text(places: 4), after.entropy.text(places: 4)],
      ["imbalance", before.imbalance.text(places: 4), after.imbalance.text(places: 4)],
    ]
    return table(["", "before", "after"], lines + rows)
  }
}
