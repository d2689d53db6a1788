/// How well a run's images follow their masks, in all and class by class.
public struct FitSummary: Encodable, Sendable, Equatable {
  /// Images of a lower median follow their masks less than those of an adapter at a quarter of its
  /// strength: see `Benchmarks/Results/fit.md`.
  private static let low = 0.5

  /// The median of all images.
  public let median: Double
  /// The median of the images that show a class, by its words.
  public let medianPerClass: [String: Double]

  /// Sums up a ledger.
  ///
  /// - Returns: nil when no record has a fit, as in ledgers of earlier versions.
  public init?(of records: [LedgerRecord]) {
    guard let median = Self.median(records.compactMap(\.fit)) else { return nil }
    self.median = median
    let byClass = records.flatMap { record in
      record.fit.map { fit in record.classes.map { ($0, [fit]) } } ?? []
    }
    medianPerClass = Dictionary(byClass, uniquingKeysWith: +).compactMapValues(Self.median)
  }

  /// Whether the images hardly follow their masks.
  public var isLow: Bool { median < Self.low }

  /// The middle of some numbers, the lower one of two; nil for none.
  private static func median(_ numbers: [Double]) -> Double? {
    numbers.isEmpty ? nil : numbers.sorted()[(numbers.count - 1) / 2]
  }
}
