import ArgumentParser
import Augmentation
import DiffusionPipelines
import DurableFiles
import Faults
import Foundation

/// Says what an augmentation would cost, on one machine or many.
struct Plan: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what an augmentation would cost: images, steps, hours, disk, memory, machines.",
    discussion: """
      Give the options of 'augment'. With a model, a few steps are measured on this device; nothing is written. With a \
      deadline it says how many shards end in time, each on a machine like this one:

          spolvero plan --dataset VOC2012 --model models/sd15 --adapter models/canny-sd15 --target-per-class 800 \\
              --deadline 8h
      """)

  @OptionGroup
  var augment: Augment

  @Option(
    help: ArgumentHelp(
      "Time that painting may take, such as 90m, 8h or 2d.", valueName: "time"))
  var deadline: TimeSpan?

  func validate() throws {
    if deadline != nil && augment.model == nil {
      throw ValidationError("--deadline needs --model: how fast it paints must be measured.")
    }
    if augment.dryRun {
      throw ValidationError("--dry-run is for 'augment': nothing is painted here.")
    }
  }

  mutating func run() throws {
    augment.machines.progress.apply()
    StopSignals.watch()
    let start = ContinuousClock.now
    let plan = try augment.plan()
    let estimate = try augment.estimate(plan)
    let cost = RunCost(
      plan, estimate, preparation: (.now - start) / .seconds(1), deadline: deadline?.seconds)
    if augment.json { try Console.result(json: cost) } else { try Console.result(cost.lines) }
    if let deadline, cost.shards == nil, estimate.seconds != nil {
      throw CommandError(
        .request,
        "--deadline: in \(ProgressReport.text(seconds: deadline.seconds)) no machine like this one is ready to paint an "
          + "image. Give more time.")
    }
  }
}

/// What a run costs, in numbers: one JSON object.
struct RunCost: Encodable {
  /// Images to paint, and denoising steps of all together, of each instance where instances are painted.
  let images, steps: Int
  /// Seconds of painting on one machine, and of an image; nil where nothing was measured.
  let seconds, secondsPerImage: Double?
  /// Seconds until the first step: planning and loading.
  let preparationSeconds: Double
  /// What the output takes on the disk.
  let diskBytes: Int
  /// The most memory that planning and measuring took.
  let memoryBytes: Int
  /// Shards that end before the deadline; nil without one, or where none could.
  let shards: Int?

  init(
    _ plan: AugmentationPlan, _ estimate: RunEstimate, preparation: Double, deadline: Double?
  ) {
    images = plan.pictures.count
    steps = plan.paintings * plan.settings.sampling.stepsTaken
    seconds = estimate.seconds
    secondsPerImage = estimate.seconds.map { $0 / Double(max(1, plan.pictures.count)) }
    preparationSeconds = preparation
    diskBytes = estimate.bytes
    memoryBytes = ProcessMemory.peakByteCount
    shards = deadline.flatMap { deadline in
      estimate.seconds.flatMap { seconds in
        let share = deadline - preparation
        // A shard makes whole images.
        let most = seconds > 0 ? (share * Double(plan.pictures.count) / seconds).rounded(.down) : 1
        guard share > 0, most >= 1 else { return nil }
        return max(1, Int((Double(plan.pictures.count) / most).rounded(.up)))
      }
    }
  }

  /// The costs for people.
  var lines: [String] {
    var rows = [["images", "\(images)"], ["steps", "\(steps)"]]
    if let seconds, let secondsPerImage {
      rows.append(["seconds an image", secondsPerImage.text(places: 1)])
      rows.append(["time on one machine", ProgressReport.text(seconds: seconds)])
      rows.append(["time before the first image", ProgressReport.text(seconds: preparationSeconds)])
    }
    rows.append(["disk", diskBytes.byteText(places: 1)])
    rows.append(["memory", memoryBytes.byteText(places: 1)])
    if let shards { rows.append(["shards", "\(shards)"]) }
    return table(["", "cost"], rows)
  }
}
