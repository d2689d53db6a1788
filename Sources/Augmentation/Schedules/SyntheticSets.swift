import DiffusionPipelines
import Faults
public import Foundation

/// The sets of synthetic images that a run has made, of which each has a version of every photograph.
public struct SyntheticSets: Sendable {
  /// What the sets are called: their encode ratios, or numbers from 1.
  public let names: [String]
  /// The stems of the photographs, in the order of the run.
  public let originals: [String]
  /// By set: the stem of each photograph's version.
  public let versions: [[String]]
  /// By set: the path of each version's file in the run's folder.
  package let paths: [[String]]
  /// By set: how well each version follows its mask; nil where nobody has measured that.
  package let fits: [[Double?]]

  /// Collects sets.
  package init(
    names: [String], originals: [String], versions: [[String]], paths: [[String]]? = nil,
    fits: [[Double?]]? = nil
  ) {
    precondition(
      names.count == versions.count && versions.allSatisfy { $0.count == originals.count },
      "SyntheticSets: every set has a version of every photograph")
    (self.names, self.originals, self.versions) = (names, originals, versions)
    self.paths = paths ?? versions
    self.fits = fits ?? versions.map { $0.map { _ in nil } }
  }

  /// Finds the sets in the ledger of a finished run: one for each encode ratio or, without ratios, the first, second, …
  /// image of each photograph.
  ///
  /// - Parameters:
  ///   - root: The run's folder.
  ///   - stems: The stems of all images in the folder, of which those that were not made are the photographs; nil for the
  ///     photographs of which anything was made.
  /// - Throws: ``AugmentationError`` where there is no ledger, and for a run without whole sets.
  public init(of root: URL, among stems: [String]? = nil) throws {
    let records = try LedgerRecord.all(in: root)
    let made = Set(records.map(\.name))
    let bySource = Dictionary(grouping: records.filter { $0.source != nil }) { $0.source ?? "" }
    var known: Set<String> = []
    let sources = records.compactMap(\.source).filter { known.insert($0).inserted }
    let photographs = stems?.filter { !made.contains($0) } ?? []
    let originals = photographs.isEmpty ? sources : photographs
    let ratios = records[0].settings.encodeRatios
    let count = ratios?.count ?? bySource.values.map(\.count).max() ?? 0
    let sets = try (0..<count).map { number in
      try originals.map { stem in
        let all = bySource[stem, default: []]
        let version =
          ratios.map { ratios in
            all.first { $0.settings.sampling.start == .encodedImage(ratio: ratios[number]) }
          } ?? (number < all.count ? all[number] : nil)
        return try version ?? { throw Self.gap(in: root, number, ratios, stem) }()
      }
    }
    guard count > 0 else {
      throw AugmentationError(
        .badData,
        "\(root.path): no image of this run was made from a photograph, so there are no sets to learn from."
      )
    }
    self.init(
      names: ratios?.map { "\($0)" } ?? (1...count).map(String.init), originals: originals,
      versions: sets.map { $0.map(\.name) }, paths: sets.map { $0.map(\.image) },
      fits: sets.map { $0.map(\.fit) })
  }

  private static func gap(
    in root: URL, _ number: Int, _ ratios: [Double]?, _ stem: String
  ) -> AugmentationError {
    let set = ratios.map { "of encode ratio \($0[number])" } ?? "number \(number + 1)"
    return AugmentationError(
      .badData,
      "\(root.path): the set \(set) has no version of '\(stem)', and a training scheme needs one of every photograph. "
        + "Make as many images of each: one for each encode ratio, or the same number of copies.",
      remedies: [Remedy(.encodeRatio), Remedy(.copies)])
  }
}
