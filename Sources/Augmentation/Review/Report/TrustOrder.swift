/// How far some images are to be trusted, by all scores that they have.
///
/// Scores differ in what their numbers mean, so each is taken by its ranks: the worst image of a score has 0, the best 1,
/// equal ones the mean of their ranks. The trust is the mean over the scores that an image has.
package struct TrustOrder: Sendable {
  /// The trust in each image, 0 … 1, in the order of the records; nil where nothing is known.
  package let trust: [Double?]

  /// Ranks images.
  package init(of records: [LedgerRecord], by scores: [ReportScore]) {
    var sums = [Double](repeating: 0, count: records.count)
    var counts = sums
    for score in scores {
      for (place, rank) in Self.ranks(of: records.map { score.values[$0.image] }) {
        sums[place] += score.isRank ? 1 - rank : rank
        counts[place] += 1
      }
    }
    trust = zip(sums, counts).map { $1 > 0 ? $0 / $1 : nil }
  }

  /// The places of the records: what nothing is known of first, then the least trusted, then as they come.
  package var worstFirst: [Int] {
    trust.indices.sorted { (trust[$0] ?? -1, $0) < (trust[$1] ?? -1, $1) }
  }

  /// The share of the other numbers that each one is above.
  private static func ranks(of numbers: [Double?]) -> [(place: Int, rank: Double)] {
    let known = numbers.enumerated().compactMap { place, number in number.map { (place, $0) } }
      .sorted { $0.1 < $1.1 }
    var ranks: [(Int, Double)] = []
    while ranks.count < known.count {
      let first = ranks.count
      let equal = known[first...].prefix { $0.1 == known[first].1 }
      let rank = Double(2 * first + equal.count - 1) / Double(2 * max(1, known.count - 1))
      ranks += equal.map { ($0.0, known.count == 1 ? 1 : rank) }
    }
    return ranks
  }
}
