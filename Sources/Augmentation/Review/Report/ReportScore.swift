/// A score that images of a run have, by which a report sorts and chooses them.
package struct ReportScore: Sendable {
  /// What it is called, such as `fit`.
  package let name: String
  /// Whether a low number is a good one.
  package let isRank: Bool
  /// The numbers that are known, by the images' paths in the output folder.
  package let values: [String: Double]

  /// Names numbers; those that are none are left out.
  package init(_ name: String, isRank: Bool = false, values: [String: Double]) {
    (self.name, self.isRank, self.values) = (name, isRank, values.filter { $0.value.isFinite })
  }

  /// How well the images of a ledger follow their masks.
  package init(fitOf records: [LedgerRecord]) {
    let fits = records.compactMap { record in record.fit.map { (record.image, $0) } }
    self.init("fit", values: Dictionary(fits) { first, _ in first })
  }
}
