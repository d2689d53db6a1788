import ArgumentParser
import Augmentation
import DurableFiles
import Faults
import Foundation
import ImageFiles

/// Writes a report of an augmented dataset, in which its images are judged.
struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a report of an augmented dataset: one HTML file to look at and to judge by.",
    discussion: """
      FOLDER is an output of 'augment', finished or not. The file opens in any browser, without a network: the balance of \
      the classes, settings and models, and every image with its photograph, control image and mask under a slider, the \
      least trusted first. Trust is the mean of an image's ranks over all scores that there are: the fit of the ledger, \
      what 'filter' has left in the folder, and what 'score --json' wrote.

          spolvero report augmented -o report.html
          spolvero score augmented --clip models/clip --json > scores.json
          spolvero report augmented --scores scores.json --worst 500 --side 512 -o worst.html

      In the page, j and k move, a accepts, r rejects, u undoes, ? shows all keys. Exported decisions go to 'filter':

          spolvero filter augmented --decisions augmented-decisions.jsonl
      """)

  @Argument(help: "Output folder of 'augment'.", completion: .directory)
  var folder: String

  @Option(name: .shortAndLong, help: "The HTML file to write.", completion: .file())
  var output: String

  @Option(
    help: """
      What the longer side of the pictures becomes at most, in pixels. (default: 512, of more than 1000 images 256)
      """)
  var side: Int?

  @Option(help: "Show this many images at most, those that are trusted least.")
  var worst: Int?

  @Option(help: "Show this many images at most, evenly spread over the ledger.")
  var limit: Int?

  @Option(
    name: .customLong("scores"),
    help: "What 'score --json' said of these images. May be given several times.",
    completion: .file())
  var scoreFiles: [String] = []

  @Option(
    name: .customLong("prior-model"),
    help: """
      Folder or safetensors file of the network that drew the control images, if one did; of each of them in the order \
      of the run's --prior. Without it they are left out.
      """, completion: .file())
  var models: [String] = []

  @OptionGroup(title: "Computing")
  var computing: DeviceOptions

  func validate() throws {
    if worst != nil && limit != nil {
      throw ValidationError("--worst and --limit exclude each other: give one of them.")
    }
    guard (worst ?? 1) > 0 && (limit ?? 1) > 0 && (16...4096).contains(side ?? 16) else {
      throw ValidationError(
        "--worst and --limit must be at least 1, --side within 16 ... 4096 pixels.")
    }
  }

  mutating func run() throws {
    StopSignals.watch()
    let url = try writableFile(output)
    let root = try existing(folder, "folder")
    let run = try pictures(of: root)
    let isFinished = try !UnfinishedRun.owns(root)
    if !isFinished {
      Console.note("\(folder): this augmentation is not finished; the report shows it so far.")
    }
    Console.note("Counting classes")
    let scores = try ReportScores(of: run.records, in: root, scoreFiles)
    let balance = try AugmentationSummary(of: run, check: StopSignals.check)
    let report = try RunReport(
      of: run,
      describing: ReportDescription(
        of: run, in: root, isFinished: isFinished, balance: balance, facts: scores.facts),
      choosing: worst.map(ReportChoice.worst) ?? limit.map(ReportChoice.spread) ?? .all,
      scores: scores.all, side: side ?? (shown(of: run.records.count) > 1000 ? 256 : 512))
    let size = try write(report, to: url)
    Console.note("\(report.count) images, \(size.byteText(places: 1))")
    if size > 1 << 29 {
      Console.warning(
        "browsers are slow with files of this size; --side, --worst and --limit make it smaller.")
    }
    try Console.result([url.relativePath])
  }

  private func shown(of count: Int) -> Int { min(count, worst ?? limit ?? count) }

  private func pictures(of root: URL) throws -> RunPictures {
    var networks = PriorNetworks(models)
    var left: [String] = []
    let run = try RunPictures(
      of: root,
      leavingOut: { kind in
        let isLeft = kind.hasNetwork && models.isEmpty
        if isLeft { left.append(kind.rawValue) }
        return isLeft
      }
    ) { try networks.annotator($0, on: computing.open(), check: StopSignals.check) }
    if let model = networks.unopened.first {
      throw CommandError(.request, "--prior-model \(model): no such network drew this run's priors")
    }
    if let kind = left.first {
      Console.note(
        "A network drew this run's \(kind): without --prior-model DIR its control images are left out."
      )
    }
    return run
  }

  /// Writes the file whole or not at all.
  ///
  /// - Returns: Its bytes.
  private func write(_ report: RunReport, to url: URL) throws -> Int {
    let progress = ProgressReport()
    var size = 0
    try replaceFile(at: url) { file in
      try report.write(
        {
          size += $0.count
          try file.write($0)
        }, check: StopSignals.check
      ) {
        progress.show("image \($0)/\(report.count)", fraction: Double($0) / Double(report.count))
      }
    }
    return size
  }
}
