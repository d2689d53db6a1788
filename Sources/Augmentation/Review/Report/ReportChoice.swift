/// Which images of a run a report shows.
package enum ReportChoice: Sendable {
  /// All.
  case all
  /// So many at most, evenly spread over the ledger.
  case spread(Int)
  /// So many at most, those that are trusted least.
  case worst(Int)

  /// The places of the chosen records, the least trusted first.
  func places(in order: TrustOrder) -> [Int] {
    let all = order.worstFirst
    switch self {
    case .all: return all
    case .worst(let count): return Array(all.prefix(count))
    case .spread(let wanted):
      let count = min(wanted, all.count)
      let chosen = Set((0..<count).map { $0 * all.count / count })
      return all.filter(chosen.contains)
    }
  }
}
