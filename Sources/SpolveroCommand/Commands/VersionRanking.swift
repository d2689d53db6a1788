import Augmentation
import Faults
import Foundation

/// Which versions of each photograph are best.
struct VersionRanking {
  /// Of each photograph the numbers of the sets, from 0, the best first.
  let order: [[Int]]

  /// Takes a file's choices or, without one, what 'filter' chose by or, without that, the fit.
  ///
  /// - Parameter best: The k of k + 1 versions that are kept.
  /// - Throws: `CommandError` where nothing says what is best.
  init(of sets: SyntheticSets, in root: URL, choices: String?, keeping best: Int) throws {
    if let choices {
      order = try Self.order(of: sets, chosenIn: choices, keeping: best)
      return
    }
    let scores = try Self.filtered(sets, in: root) ?? sets.fits
    guard scores.joined().contains(where: { $0 != nil }) else {
      throw CommandError(
        .request,
        "\(root.path): nothing says which versions are best: these images have no fit. Let 'spolvero filter' judge them "
          + "first (--keep 1), or give --choices FILE.")
    }
    order = sets.originals.indices.map { place in
      sets.versions.indices.sorted { first, second in
        let (a, b) = (scores[first][place] ?? -.infinity, scores[second][place] ?? -.infinity)
        return (-a, first) < (-b, second)
      }
    }
  }

  /// Scores by set, of which higher ones are better; nil where nobody has filtered.
  private static func filtered(_ sets: SyntheticSets, in root: URL) throws -> [[Double?]]? {
    guard let lines = try FilterLists.lines(in: root) else { return nil }
    let isRank = lines.first.flatMap { FilterCriterion(rawValue: $0.by) }?.isRank ?? false
    let scores = lines.compactMap { line in
      line.score.map { (line.image, isRank ? -$0 : $0) }
    }
    let byPath = Dictionary(scores) { first, _ in first }
    return sets.paths.map { $0.map { byPath[$0] } }
  }

  private static func order(
    of sets: SyntheticSets, chosenIn file: String, keeping best: Int
  ) throws -> [[Int]] {
    func require<Value>(_ value: Value?, _ found: String) throws -> Value {
      if let value { return value }
      throw CommandError(
        .badData,
        "\(file): \(found). Expected one JSON object that names for each photograph at least \(best + 1) of the sets "
          + "\(sets.names.joined(separator: ", ")), the best first.")
    }
    let data = try contents(of: existing(file, "file")) ?? Data()
    let chosen = try require(
      try? JSONDecoder().decode([String: [String]].self, from: data), "no choices are in this file")
    return try sets.originals.map { stem in
      let names = try require(chosen[stem], "there is no choice for '\(stem)'")
      let order = try names.map { name in
        try require(
          sets.names.firstIndex { $0 == name || Double($0) == Double(name) && Double(name) != nil },
          "'\(stem)' has the set '\(name)', which the run has not made")
      }
      return try require(
        order.count > best && Set(order).count == order.count ? order : nil,
        "'\(stem)' has \(Set(order).count) sets")
    }
  }
}
