import ArgumentParser
import Augmentation
import ComputeDevices
import DiffusionPipelines
import Foundation
import NoiseSchedulers
import SegmentationDatasets
import Tensors

/// Makes a larger, class-balanced dataset by repainting photographs along their outlines.
struct Augment: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Make a larger, class-balanced dataset by repainting its photographs, or things in them.",
    discussion: """
      The output is a dataset of the same layout with the originals and the generated images <stem>_<k>, each with \
      the mask of its source, and its instances where there are some, and ledger.jsonl, which says how each image was made. A run may be \
      stopped at any moment; the same command goes on where it stopped.

      Along outlines, along labels with a ControlNet, and with the background kept to the bit:

          spolvero augment --dataset VOC2012 --model models/sd15 --adapter models/canny-sd15 \\
              --prior canny -o augmented
          spolvero augment --dataset VOC2012 --model models/sd15 --control models/control-seg-sd15 \\
              --prior label-colours -o augmented
          spolvero augment --dataset VOC2012 --model models/sd15-inpainting --repaint objects \\
              --mask-grow 8 -o augmented

      Along scribbles, as ScribbleGen: a set of all photographs for each encode ratio, from near copies to images that share \
      the scribbles alone. 'schedule' makes the lists of its training schemes of them:

          spolvero augment --recipe scribblegen --dataset VOC2012 --scribbles pascal_2012_scribble --model models/sd15 \\
              --control models/control-scribbles --encode-ratio 0.5,0.6,0.7,0.8,0.9,1.0 -o augmented

      Or each instance is painted anew from its class, in a square around it, and comes back where it is seen, by a model \
      for inpainting, GLIGEN or any other:

          spolvero augment --recipe instances --dataset VOC2012 --model models/sd15-inpainting -o augmented

      More than are wanted, of which the best are kept: the list 'kept' names them and the originals, and filter.jsonl \
      says of each image why, as 'filter' has it:

          spolvero augment --dataset VOC2012 --model models/sd15 --adapter models/canny-sd15 \\
              --oversample 3.3 --keep-best clip-rank --clip models/clip -o augmented

      On several machines that share a file system, each of which makes a part and may stop and start again at any time; \
      the last one to end puts the dataset together. The first is one of 16 by hand, the second a task of a Slurm array:

          spolvero augment --dataset VOC2012 --model models/sd15 --adapter models/canny-sd15 -o augmented --shard 3/16
          spolvero augment --dataset VOC2012 --model models/sd15 --adapter models/canny-sd15 -o augmented --shard auto
      """)

  @Option(
    help: "Folder of the dataset, or one above it.",
    completion: .directory)
  var dataset: String

  @Option(
    help: ArgumentHelp(
      """
      What the images are made of: photographs repainted along outlines; as in ScribbleGen, along their scribbles, once \
      for each --encode-ratio; or their instances, each by itself where it is seen.
      """, valueName: "name"))
  var recipe = RecipeName.repainting

  @OptionGroup(title: "Dataset")
  var datasetOptions: DatasetOptions

  @Option(
    name: .shortAndLong, help: "Folder for the augmented dataset: new, empty, or to go on with.",
    completion: .directory)
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Layout of the augmented dataset: \(LayoutName.list). (default: the dataset's own)",
      valueName: "name"))
  var outputLayout: LayoutName?

  @OptionGroup
  var originals: OriginalsOption

  @Option(
    name: .shortAndLong, help: "Folder of the model, in diffusers' layout.", completion: .directory)
  var model: String?

  @OptionGroup(title: "Control networks")
  var controls: ControlOptions

  @OptionGroup(title: "Pictures")
  var pictures: ImageOptions

  @OptionGroup(title: "Keeping the best")
  var oversampling: OversamplingOptions

  @OptionGroup(title: "Repainting")
  var repaint: RepaintOptions

  @OptionGroup(title: "Instances")
  var instances: InstanceOptions

  @OptionGroup(title: "Control images")
  var prior: PriorOptions

  @OptionGroup(title: "Sampling")
  var sampling: SamplingOptions

  @OptionGroup(title: "Computing")
  var computing: DeviceOptions

  @OptionGroup(title: "Several machines")
  var machines: MachineOptions

  @Flag(
    help: """
      Write beside the lists what trains on them: mmsegmentation.py, a configuration of MMSegmentation 1.x, and dataset.py, \
      a Dataset of PyTorch.
      """)
  var trainingFiles = false

  @Option(help: "Images painted at once; the images do not depend on it.")
  var batchSize = 1

  @Option(
    help: "PNG that shows the last images while the run goes on, as 'sheet' does.",
    completion: .file())
  var preview: String?

  @Flag(
    help:
      "Only say what would be made; with model and control network, also how long it would take.")
  var dryRun = false

  @Flag(help: "Print the balance before and after as one JSON object.")
  var json = false

  mutating func validate() throws {
    try validateRecipe()
    if batchSize < 1 { throw ValidationError("--batch-size must be at least 1.") }
    if machines.choice != nil && pictures.captioner != nil {
      throw ValidationError(
        "--captioner: every shard would caption every photograph. Caption them once, spolvero caption … -o captions.jsonl, "
          + "and give all shards --captions captions.jsonl.")
    }
    if prior.kinds.count > 1 && prior.kinds.count != controls.folders.count {
      throw ValidationError(
        "--prior is given \(prior.kinds.count) times for \(controls.folders.count) control networks; give "
          + "one for all, or one for each.")
    }
  }

  mutating func run() throws {
    machines.progress.apply()
    StopSignals.watch(grace: .seconds(machines.grace))
    if !dryRun { try requireModel() }
    let shard = try machines.shard()
    let device = dryRun ? nil : try computing.open()
    let models = try modelFiles()
    let plan = try plan()
    if datasetOptions.split != "train" && !dryRun {
      Console.note("The output's list is train.txt, though the split is '\(datasetOptions.split)'.")
    }
    var summary = plan.summary
    if dryRun {
      summary.estimate = try estimate(plan)
      noteKept(of: plan)
    } else if let device, let output, let model, let models {
      let output = URL(fileURLWithPath: output)
      try checkJudge(of: plan, on: device)
      let outcome = try paint(
        plan, shard, on: device, into: output, model: URL(fileURLWithPath: model), models)
      if let shard, outcome.missing > 0 { return try report(outcome, of: shard, in: plan) }
      if let names = try keepBest(of: plan, in: output, on: device) {
        summary = plan.summary(keeping: names)
      }
      summary.fit = plan.pictures.isEmpty ? nil : try FitSummary(ofRunIn: output)
    }
    // The bound was measured on whole images that are painted along control images.
    if let fit = summary.fit, fit.isLow, recipe == .repainting { warn(ofLow: fit) }
    if json {
      try Console.result(json: summary)
    } else {
      try Console.result(summary.lines)
    }
  }

  /// The files of the models, which are hashed while the dataset is read and the models are loaded; nil where nothing is
  /// painted.
  private func modelFiles() throws -> ModelFiles? {
    guard !dryRun, let model else { return nil }
    return try ModelFiles(
      of: ModelRoles.folders(
        model: URL(fileURLWithPath: model), controls: controls.urls, priors: prior.models),
      interruption: StopSignals.interruption)
  }

  /// What painting needs, and planning does not.
  private func requireModel() throws {
    if output == nil || model == nil {
      throw ValidationError("--output and --model are needed, unless with --dry-run.")
    }
    try requireNetworkForScribbles()
    if controls.folders.isEmpty && !usesPhotographs {
      throw ValidationError(
        "--control (or --adapter) is needed, or the photograph itself, --start image or --repaint: else images would "
          + "not follow their masks.")
    }
  }

  /// Plans the run, and says what the user should know of it.
  func plan() throws -> AugmentationPlan {
    let files = try datasetOptions.open(dataset)
    let plan = try AugmentationPlan(
      dataset: files, captions: captions(of: files), settings: settings(writing: target(of: files)),
      writing: target(of: files), skippingInvalid: datasetOptions.skipInvalid,
      resumingIn: output.map { URL(fileURLWithPath: $0) },
      check: StopSignals.interruption.check)
    DatasetOptions.note(skipped: plan.skipped)
    for notice in plan.notices + plan.balanceNotices { Console.note(notice) }
    plan.repetitionWarning.map(Console.warning)
    plan.enlargementWarning.map {
      Console.warning($0 + " Options: --resolution, --keep-painted-size.")
    }
    return plan
  }

  /// How many control images are drawn of a photograph: one too where there is no network yet to look at it.
  private var drawnPriors: Int {
    usesPhotographs ? controls.folders.count : max(1, controls.folders.count)
  }

  private var settings: AugmentationSettings {
    var settings = AugmentationSettings()
    settings.targetPerClass = pictures.targetPerClass
    settings.images = pictures.images
    settings.copies = pictures.copies
    settings.oversampling = oversampling.factor
    settings.promptStyle = pictures.promptStyle ?? .appended
    settings.addsClasses = pictures.addClasses ? true : nil
    settings.classOrder = pictures.classOrder == .id ? nil : pictures.classOrder
    settings.negativePrompt = pictures.negativePrompt
    settings.seed = pictures.seed
    (settings.minFit, settings.retries) = (pictures.minFit, pictures.retries)
    settings.keepsPaintedSize = pictures.keepPaintedSize ? true : nil
    settings.priors = prior.settings(for: drawnPriors)
    settings.resolution = prior.resolution
    settings.paintsSquares = pictures.square ? true : nil
    settings.sampling = sampling.settings(controls.settings)
    repaint.apply(to: &settings)
    applyRecipe(to: &settings)
    return settings
  }

  /// The layout that is written.
  private func target(of dataset: SegmentationDataset) -> any DatasetLayout {
    let own = dataset.layout
    return outputLayout.map { $0.layout.name == own.name ? own : $0.layout } ?? own
  }

  private func settings(writing layout: any DatasetLayout) -> AugmentationSettings {
    var settings = settings
    settings.originals = originals.originals == .copy ? nil : originals.originals
    settings.imageFormat = pictures.imageFormat ?? .init(pathExtension: layout.pathExtension)
    return settings
  }

  /// - Parameter check: Called while the model is loaded; what it throws ends that.
  func pipeline(
    model: URL, on device: Device, check: @escaping @Sendable () throws -> Void
  ) throws -> StableDiffusionPipeline {
    let pipeline = try StableDiffusionPipeline(
      folder: model, controls: controls.urls, scheduler: scheduler, device: device,
      precision: precision(on: device), check: check)
    for notice in pipeline.notices { Console.warning(notice) }
    for start in settings.starts {
      var sampling = settings.sampling
      sampling.start = start
      try pipeline.check(sampling)
    }
    return pipeline
  }

  private func precision(on device: Device) -> ProductPrecision {
    computing.precision(on: device, unlessGiven: .auto)
  }

  private func paint(
    _ plan: AugmentationPlan, _ shard: Shard?, on device: Device, into output: URL, model: URL,
    _ files: ModelFiles
  ) throws -> AugmentationRun.Outcome {
    let precision = precision(on: device)
    let run = AugmentationRun(
      plan: plan, output: output, models: files,
      expecting: GeneratorTraits(
        device: device.backend.kind, precision: precision.rawValue,
        scheduler: scheduler?.rawValue), batchSize: batchSize, shard: shard)
    let report = ProgressReport()
    let previewFile = try preview.map(writableFile)
    var shownSoFar: Preview?
    let outcome = try run(
      recipe: {
        Console.note("\(device), \(precision.rawValue): loading \(model.relativePath)")
        let check = StopSignals.interruption.check
        let pipeline = try pipeline(model: model, on: device, check: check)
        warnOfUnreadPrompts(plan, pipeline)
        try prior.requireFit(channels: pipeline.controls.map(\.imageChannels))
        let annotators = try prior.annotators(
          for: drawnPriors, on: device, check: check)
        let made = try made(of: plan, by: pipeline, annotators)
        try files.requireUnchanged()
        let kinds = plan.settings.priors.map(\.kind)
        shownSoFar = previewFile.map {
          Preview(
            at: $0, of: output,
            annotators: zip(kinds, annotators).reduce(into: [:]) { $0[$1.0] = $1.1 })
        }
        return made
      },
      interruption: StopSignals.interruption,
      progress: {
        report.show($0)
        shownSoFar?.update($0)
      })
    let found = outcome.found > 0 ? ", \(outcome.found) were there already" : ""
    Console.note("\(output.relativePath): \(outcome.painted) images painted\(found)")
    if trainingFiles && outcome.missing == 0 { try plan.writeTrainingFiles(to: output) }
    return outcome
  }
}
