/// What a dataset's photographs and masks hold.
public struct DatasetScan: Sendable {
  /// The classes of each photograph that can be used, by stem; neither background nor ignored ids.
  public let classes: [String: Set<UInt8>]
  /// How many pixels each id has in their masks together, 256 counts.
  public let pixels: [Int]
  /// What is wrong with the list, then with the others' files, in the order of the list.
  public let problems: [DatasetProblem]
  /// The stems of masks that hold ignored ids but no class, in the order of the list.
  let openStems: [String]
  /// What is unusual about photographs that have every pixel, in the order of the list.
  let warnings: [String]

  /// What may surprise the user, a sentence each.
  public var notices: [String] {
    let shown = 3
    let more = warnings.count - shown
    return warnings.prefix(shown)
      + (more > 0 ? ["\(more) more photographs break their format, too."] : []) + openNotices
  }

  private var openNotices: [String] {
    guard !openStems.isEmpty else { return [] }
    let names = openStems.prefix(3).joined(separator: ", ") + (openStems.count > 3 ? ", …" : "")
    return [
      "\(openStems.count) of \(classes.count) masks leave all classes open (255) and count as "
        + "photographs without classes: \(names). If 255 marks an object, write its class id instead."
    ]
  }

  /// Decides about photographs that cannot be used.
  ///
  /// - Parameter skips: Whether to go on without them.
  /// - Returns: Those that are skipped.
  /// - Throws: ``DatasetError`` with all problems, when they must not be skipped or nothing is left.
  public func settle(skippingInvalid skips: Bool) throws -> [DatasetProblem] {
    if !problems.isEmpty && (!skips || classes.isEmpty) { throw DatasetError(problems) }
    return problems
  }
}
