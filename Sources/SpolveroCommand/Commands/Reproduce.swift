import ArgumentParser
import Augmentation
import ComputeDevices
import DiffusionPipelines
import DurableFiles
import Faults
import Foundation
import ImageFiles
import NoiseSchedulers
import Tensors

/// Paints an image of a run again, and says whether it is the same.
struct Reproduce: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Paint an image of an augmented dataset again from its line of the ledger, and compare.",
    discussion: """
      The line says prompt, seed and settings; precision and sampling method are its own too, unless another precision is \
      given. Models whose files are not those of the line are refused. The command ends with 0 when the image is the same \
      byte for byte, and with 1 when it is another one; then it says by how much they differ, and the likely reasons.

          spolvero reproduce augmented/…/2007_000032_1.jpg --model models/sd15 --adapter models/canny-sd15
          spolvero reproduce augmented/…/2007_000032_1.jpg --dataset VOC2012 --model models/sd15 \\
              --adapter models/canny-sd15 -o again.jpg

      --dataset is for folders without the originals.
      """)

  @Argument(help: "The image, in the output folder of 'augment'.", completion: .file())
  var image: String

  @Option(
    help: "Folder of the dataset. (default: the image's own, which has the originals)",
    completion: .directory)
  var dataset: String?

  @Option(
    name: .shortAndLong, help: "Folder of the model, in diffusers' layout.", completion: .directory)
  var model: String

  @Option(
    name: [.customLong("control"), .customLong("adapter")],
    help: "Folder of each of the run's ControlNets and T2I-Adapters, in their order.",
    completion: .directory)
  var controls: [String] = []

  @Option(
    name: .customLong("prior-model"),
    help: """
      Folder or safetensors file of each network that drew the run's control images, in the order of the run's --prior.
      """, completion: .file())
  var priors: [String] = []

  @Option(name: .shortAndLong, help: "Where to keep the new image.", completion: .file())
  var output: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  @OptionGroup(title: "Computing")
  var computing: DeviceOptions

  mutating func run() throws {
    StopSignals.watch()
    let kept = try output.map(writableFile)
    let file = try existing(image, "file")
    let reproduction = try Reproduction(
      ofImageAt: file, dataset: dataset.map { try existing($0, "folder") })
    let record = reproduction.record
    let files = try models(of: record)
    follow(record.generator ?? GeneratorTraits())
    let recipe = try recipe(of: reproduction, on: computing.open())
    try files.requireUnchanged()
    let report = ProgressReport()
    let painted = try reproduction.paint(with: recipe, check: StopSignals.check) { step, steps in
      try StopSignals.check()
      report.show("step \(step)/\(steps)", fraction: Double(step) / Double(steps))
    }
    if let kept { try writeAtomically(painted.data, to: kept) }
    let verdict = try Verdict(painted, of: reproduction, file, recipe)
    if json { try Console.result(json: verdict) } else { try Console.result(verdict.lines) }
    if !verdict.isSame { throw ExitStatus.different.code }
  }

  /// Makes sure that the models are those of the ledger.
  private func models(of record: LedgerRecord) throws -> ModelFiles {
    Console.note("Checking models")
    let folders = try ModelRoles.folders(
      model: URL(fileURLWithPath: model), controls: controls.map { URL(fileURLWithPath: $0) },
      priors: priors)
    let files = try ModelFiles(of: folders, interruption: StopSignals.interruption)
    let hashes = try files.hashes
    let differences = Set(record.models.keys).union(hashes.keys).sorted()
      .filter { record.models[$0] != hashes[$0] }
      .map { name in
        guard record.models[name] != nil else { return "\(name) (the run had none)" }
        return hashes[name] == nil ? "\(name) (not given)" : "\(name) (other content)"
      }
    guard differences.isEmpty else {
      let more = differences.count > 8 ? ", and \(differences.count - 8) more" : ""
      throw CommandError(
        .badData,
        "these are not the models that painted the image; their files differ: "
          + differences.prefix(8).joined(separator: ", ") + more
          + ". Give the run's own --model, --control (or --adapter) and --prior-model.")
    }
    return files
  }

  /// Takes from the ledger what was not asked for otherwise.
  private mutating func follow(_ traits: GeneratorTraits) {
    if computing.device == .auto && traits.device == "cpu" { computing.device = .cpu }
    let precision = traits.precision.flatMap(ProductPrecision.init)
    computing.precision = computing.precision ?? precision.map(PrecisionSelection.fixed)
  }

  private func recipe(of reproduction: Reproduction, on device: Device) throws -> any Recipe {
    let precision = computing.precision(on: device, unlessGiven: .auto)
    Console.note("\(device), \(precision.rawValue): loading \(model)")
    let pipeline = try StableDiffusionPipeline(
      folder: URL(fileURLWithPath: model), controls: controls.map { URL(fileURLWithPath: $0) },
      scheduler: reproduction.record.generator?.scheduler.flatMap(SchedulerKind.init),
      device: device, precision: precision, check: StopSignals.check)
    if reproduction.record.settings.instances != nil {
      return try InstanceRepainting(reproduction.plan, painting: pipeline, batchSize: 1)
    }
    var networks = PriorNetworks(priors)
    let annotators = try reproduction.record.settings.priors.map {
      try networks.annotator($0.kind, on: device, check: StopSignals.check)
    }
    return Repainting(reproduction.plan, generator: pipeline, annotators: annotators)
  }
}

extension Reproduce {
  /// Whether an image was painted again.
  struct Verdict: Encodable {
    let image: String
    /// Byte for byte, as the ledger's hash says.
    let isSame: Bool
    let largestDifference: Int?
    let meanDifference, psnr: Double?
    let likelyReasons: [String]

    /// - Parameter file: The image in the run's folder.
    init(
      _ painted: (image: Image, data: Data), of reproduction: Reproduction, _ file: URL,
      _ recipe: any Recipe
    ) throws {
      let record = reproduction.record
      let old = try contents(of: file) ?? Data()
      image = record.image
      isSame = painted.data.sha256 == record.imageSHA256
      if old.sha256 != record.imageSHA256 {
        Console.warning("\(file.path): this file was changed after it was painted.")
      }
      // What was decoded from a file has the file's losses, so both are.
      let new = try Image(decoding: painted.data, name: "the new image").rgb()
      let difference = ImageDifference(new, try Image(decoding: old, name: file.path).rgb())
      (largestDifference, meanDifference) = (difference?.largest, difference?.mean)
      psnr = difference?.peakSignalToNoise
      likelyReasons =
        isSame ? [] : reproduction.likelyReasons(recipe.identity, recipe.traits)
    }

    var lines: [String] {
      if isSame { return ["same: \(image), byte for byte"] }
      let size = largestDifference == nil ? ["the sizes differ"] : []
      let numbers = [
        largestDifference.map { "largest difference of a sample   \($0) of 255" },
        meanDifference.map { "mean difference   \($0.text(places: 4))" },
        psnr.map { "PSNR   \($0.text(places: 2)) dB" },
      ]
      return ["different: \(image)"] + size + numbers.compactMap(\.self) + likelyReasons
    }
  }
}
