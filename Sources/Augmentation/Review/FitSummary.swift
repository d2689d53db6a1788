public import Foundation

/// How well a run's images follow their masks, in all and class by class.
public struct FitSummary: Encodable, Sendable, Equatable {
  /// Images of a lower median follow their masks less than those of an adapter at a quarter of its
  /// strength: see `Benchmarks/Results/fit.md`.
  private static let low = 0.5

  /// The median of all images.
  public let median: Double
  /// The median of the images that show a class, by its words.
  public let medianPerClass: [String: Double]

  /// Sums up a run's ledger.
  ///
  /// - Parameter root: The run's folder.
  /// - Returns: nil when no record has a fit, as in ledgers of earlier versions.
  /// - Throws: As ``LedgerRecord/all(in:)`` does.
  public init?(ofRunIn root: URL) throws {
    try self.init { body in try LedgerRecord.forEach(in: root) { (line: Line, _) in body(line) } }
  }

  /// Sums up records.
  package init?(of records: [LedgerRecord]) {
    self.init { body in
      for record in records {
        body(Line(image: record.image, classes: record.classes, fit: record.fit))
      }
    }
  }

  /// What is read of a line.
  private struct Line: LedgerLine {
    let image: String
    let classes: [String]
    let fit: Double?
  }

  /// - Parameter forEach: Goes through the lines.
  private init?(_ forEach: (_ body: (Line) -> Void) throws -> Void) rethrows {
    var (fits, byClass) = ([Double](), [String: [Double]]())
    try forEach { line in
      guard let fit = line.fit else { return }
      fits.append(fit)
      for words in line.classes { byClass[words, default: []].append(fit) }
    }
    guard let median = Self.median(fits) else { return nil }
    self.median = median
    medianPerClass = byClass.compactMapValues(Self.median)
  }

  /// Whether the images hardly follow their masks.
  public var isLow: Bool { median < Self.low }

  /// The middle of some numbers, the lower one of two; nil for none.
  private static func median(_ numbers: [Double]) -> Double? {
    numbers.isEmpty ? nil : numbers.sorted()[(numbers.count - 1) / 2]
  }
}
