import Faults

/// Which images of a run a contact sheet shows.
public enum SheetChoice: Sendable {
  /// So many at most, evenly spread over the ledger.
  case spread(Int)
  /// So many at most, those with the lowest fit, the lowest first.
  case worst(Int)
  /// So many at most, the last in the ledger.
  case latest(Int)

  /// How many images are shown at most.
  public var rows: Int {
    switch self {
    case .spread(let rows), .worst(let rows), .latest(let rows): rows
    }
  }

  /// The chosen ones among a ledger's records.
  ///
  /// - Throws: ``AugmentationError`` when the lowest fit is asked for and no record has one.
  func records(of all: [LedgerRecord]) throws -> [LedgerRecord] {
    let count = min(rows, all.count)
    switch self {
    case .spread: return (0..<count).map { all[$0 * all.count / count] }
    case .latest: return all.suffix(count)
    case .worst:
      // Indices break ties, which makes the sort stable.
      let fits = all.indices.compactMap { index in all[index].fit.map { ($0, index) } }
      guard !fits.isEmpty else {
        throw AugmentationError(
          .badData,
          "\(LedgerRecord.file): no image has a fit, since the version that painted them measured "
            + "none. Choose images another way than by their fit.")
      }
      return fits.sorted(by: <).prefix(count).map { all[$0.1] }
    }
  }
}
