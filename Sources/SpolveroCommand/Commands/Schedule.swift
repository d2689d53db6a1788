public import ArgumentParser
public import Augmentation
import DurableFiles
import Faults
import Foundation
import SegmentationDatasets

extension TrainingScheme: ExpressibleByArgument {}

/// Lists the images that a training sees in each epoch.
struct Schedule: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List what a training sees in each epoch, by ScribbleGen's schemes.",
    discussion: """
      FOLDER is a finished output of 'augment' with sets of images, of which each has a version of every photograph: \
      those of --recipe scribblegen, one for each encode ratio, or those of --copies. A scheme's lists, epoch_000 and so on, \
      are in a folder of its name beside the dataset's other lists, and schedule.py is a Dataset of PyTorch that reads them. \
      With N photographs and K sets:

        append             photographs and all sets, N (K + 1) images
        append-curriculum  photographs and one set: the last one whose first epoch (--starts) has come, 2 N
        sample             photographs, and of each a version from a set drawn anew in each epoch, 2 N
        replacement        photographs, each of which is replaced by a version of it with --probability, N; with --starts
                           by that of the curriculum's set, else by that of a set drawn
        synthetic-only     all sets, N K
        best-k             photographs, and of each the best k + 1 versions, N (k + 2): by what 'filter' left in the folder,
                           else by their fit, or as --choices says

          spolvero schedule augmented --scheme append-curriculum --epochs 60 --starts 0,10,20,30,40,50
          spolvero schedule augmented --scheme replacement --probability 0.5 --seed 3
          spolvero schedule augmented --scheme best-k --best 1
      """)

  @Argument(help: "Output folder of 'augment'.", completion: .directory)
  var folder: String

  @Option(
    help: ArgumentHelp(
      "Which images an epoch has: \(TrainingScheme.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "name"))
  var scheme: TrainingScheme

  @Option(help: "How many epochs are listed.")
  var epochs = 60

  @Option(
    help: ArgumentHelp(
      "First epoch of each set, in the order of the sets, as 0,10,20.", valueName: "epochs"))
  var starts: EpochList?

  @Option(help: "replacement: share of the photographs that are replaced, 0 … 1.")
  var probability: Double?

  @Option(help: "best-k: k, from 0; as published, k + 1 versions are kept.")
  var best: Int?

  @Option(
    help: """
      best-k: JSON file that says of each photograph which sets are best, the best first: {"2007_000032": ["0.5", "0.9"]}.
      """, completion: .file())
  var choices: String?

  @Option(name: .shortAndLong, help: "Chooses what is drawn.")
  var seed: UInt64 = 0

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    if !(1...100_000).contains(epochs) {
      throw ValidationError("--epochs \(epochs): must be within 1 ... 100000.")
    }
    if choices != nil && scheme != .bestK {
      throw ValidationError("--choices belongs to --scheme best-k.")
    }
  }

  mutating func run() throws {
    StopSignals.watch()
    let root = try finishedFolder(folder)
    let lists = try ScheduleLists(of: scheme, in: root)
    let sets = try SyntheticSets(of: root, among: lists.stems)
    let rules = TrainingSchedule.Rules(
      scheme, starts: try starts?.values(), probability: probability, best: best, seed: seed)
    let ranking =
      scheme == .bestK
      ? try VersionRanking(of: sets, in: root, choices: choices, keeping: best ?? 0).order : []
    let schedule = try TrainingSchedule(rules, sets, ranking: ranking)
    var counts: [Int] = []
    for epoch in 0..<epochs {
      try StopSignals.check()
      counts.append(try lists.write(schedule.images(in: epoch), of: epoch))
    }
    try lists.writeLoader()
    try report(sets, counts, lists)
  }

  private func report(_ sets: SyntheticSets, _ counts: [Int], _ lists: ScheduleLists) throws {
    let result = Listed(
      scheme: scheme, sets: sets.names, photographs: sets.originals.count, epochs: epochs,
      images: counts.max() ?? 0, first: lists.path(of: 0))
    if json { return try Console.result(json: result) }
    try Console.result([
      "\(scheme.rawValue): \(epochs) epochs of \(result.images) images, from \(result.photographs) photographs and "
        + "\(sets.names.count) sets (\(sets.names.joined(separator: ", ")))",
      "the first list is \(result.first)",
    ])
  }

  /// What was listed, as JSON.
  private struct Listed: Encodable {
    let scheme: TrainingScheme
    let sets: [String]
    let photographs, epochs, images: Int
    let first: String
  }
}
