import Augmentation
import Faults
import Foundation

/// The scores of a run's images that there are: the fit, what a filter left in the folder, and files of `score`.
struct ReportScores {
  /// By which images are sorted.
  private(set) var all: [ReportScore]
  /// Numbers about all images.
  private(set) var facts: [[String]] = []

  /// - Parameter files: What `score` wrote as JSON.
  /// - Throws: `CommandError` for a file that is no such thing, or is about other images.
  init(of records: [LedgerRecord], in root: URL, _ files: [String]) throws {
    all = [ReportScore(fitOf: records)].filter { !$0.values.isEmpty }
    if let score = try Self.filtered(in: root), score.name != "fit" { all.append(score) }
    let paths = Dictionary(records.map { ($0.name, $0.image) }) { first, _ in first }
    for file in files { try add(file, paths) }
  }

  /// What a filter chose by; nil where none has.
  private static func filtered(in root: URL) throws -> ReportScore? {
    guard let found = try FilterLists.lines(in: root), let by = found.first?.by else { return nil }
    let values = found.compactMap { line in line.score.map { (line.image, $0) } }
    return ReportScore(
      by, isRank: FilterCriterion(rawValue: by)?.isRank ?? false,
      values: Dictionary(values) { first, _ in first })
  }

  private mutating func add(_ file: String, _ paths: [String: String]) throws {
    guard let data = try contents(of: existing(file, "file")),
      let report = try? JSONDecoder().decode(ScoreReport.self, from: data)
    else {
      throw CommandError(
        .badData, "\(file): not what 'spolvero score --json' prints. Give a file with its output.")
    }
    let found = report.eachImage.map { name, values in
      ReportScore(
        name,
        values: Dictionary(
          values.compactMap { stem, value in paths[stem].map { ($0, value) } }
        ) { first, _ in first })
    }
    guard found.isEmpty || found.contains(where: { !$0.values.isEmpty }) else {
      throw CommandError(
        .badData, "\(file): none of these scores is about one of this run's images.")
    }
    all += found
    facts += report.facts
  }
}

extension ScoreReport {
  /// The measures that have a number for each image, by its stem.
  fileprivate var eachImage: [(name: String, values: [(String, Double)])] {
    var all: [(String, [(String, Double)])] = []
    if let clipScore {
      // An image of which instances were scored has their mean.
      let byImage = Dictionary(grouping: clipScore.each, by: \.image).mapValues { entries in
        entries.reduce(0) { $0 + $1.score } / Double(entries.count)
      }
      all.append(("CLIPScore", byImage.map { ($0, $1) }))
    }
    if let agreement {
      all.append(
        ("mean IoU", agreement.each.compactMap { entry in entry.meanIoU.map { (entry.image, $0) } })
      )
      all.append(
        (
          "boundary IoU",
          agreement.each.compactMap { entry in entry.meanBoundaryIoU.map { (entry.image, $0) } }
        ))
    }
    return all
  }

  /// Its numbers about all images.
  fileprivate var facts: [[String]] {
    var facts: [[String]] = []
    if let clipScore { facts.append(["CLIPScore, mean", clipScore.mean.text(places: 3)]) }
    if let fid { facts.append(["FID", fid.distance.text(places: 2)]) }
    if let mean = agreement?.meanIoU { facts.append(["agreement, mIoU", mean.text(places: 3)]) }
    return facts
  }
}
