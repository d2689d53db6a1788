import ImageFiles

/// Which of the objects that were found in an image are among those of one class that should be, in the sizes that count.
struct InstanceMatching {
  /// What a found object is at each threshold.
  struct Outcome {
    let score: Double
    /// Whether it is one that should be found.
    var isMatched: [Bool]
    /// Whether it counts nothing: it is one of a crowd, or of a size that is not asked for.
    var isIgnored: [Bool]
  }

  /// Those that were found, the surest first.
  let outcomes: [Outcome]
  /// How many should be.
  let expectedCount: Int

  /// Matches objects greedily: the surest first, each with that which it covers best of those that are left.
  ///
  /// Source: `evaluateImg` of pycocotools.
  ///
  /// - Parameters:
  ///   - found: The surest first, as many as count.
  ///   - expected: Of the same class.
  ///   - overlaps: For each found object, those with the expected ones.
  ///   - sizes: In pixels.
  init(
    _ found: [FoundInstance], _ expected: [ExpectedInstance], _ overlaps: [[Double]],
    _ sizes: ClosedRange<Double>
  ) {
    let isIgnored = expected.map { $0.isCrowd || !sizes.contains($0.area) }
    // What counts nothing comes last, and is only looked at where nothing else fits.
    let order =
      expected.indices.filter { !isIgnored[$0] } + expected.indices.filter { isIgnored[$0] }
    let thresholds = InstancePrecision.thresholds
    var outcomes = found.map {
      Outcome(
        score: $0.score, isMatched: thresholds.map { _ in false },
        isIgnored: thresholds.map { _ in false })
    }
    for (index, threshold) in thresholds.enumerated() {
      var isTaken = expected.map { _ in false }
      for (place, one) in found.enumerated() {
        let match = Self.best(
          order, overlaps[place], atLeast: threshold,
          isFree: { !isTaken[$0] || expected[$0].isCrowd }, isIgnored: { isIgnored[$0] })
        if let match {
          isTaken[match] = true
          outcomes[place].isMatched[index] = true
          outcomes[place].isIgnored[index] = isIgnored[match]
        } else {
          outcomes[place].isIgnored[index] = !sizes.contains(Double(one.mask.area))
        }
      }
    }
    self.outcomes = outcomes
    expectedCount = isIgnored.count { !$0 }
  }

  /// The expected object that is covered best; the last of several that are covered as well.
  private static func best(
    _ order: [Int], _ overlaps: [Double], atLeast threshold: Double, isFree: (Int) -> Bool,
    isIgnored: (Int) -> Bool
  ) -> Int? {
    var (best, overlap) = (Int?.none, min(threshold, 1 - 1e-10))
    for place in order where isFree(place) {
      if let best, !isIgnored(best), isIgnored(place) { break }
      if overlaps[place] >= overlap { (best, overlap) = (place, overlaps[place]) }
    }
    return best
  }

  /// The share that a found object has in common with each expected one: of both together or, with a crowd, of its own.
  static func overlaps(
    _ found: FoundInstance, _ expected: [ExpectedInstance]
  ) -> [Double] {
    expected.map { other in
      let common = found.mask.intersection(with: other.mask)
      let whole =
        other.isCrowd ? found.mask.area : found.mask.area + other.mask.area - common
      return whole == 0 ? 0 : Double(common) / Double(whole)
    }
  }
}
