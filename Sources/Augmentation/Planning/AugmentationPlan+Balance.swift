import ImageFiles
import SegmentationDatasets

extension AugmentationPlan {
  /// How often a photograph is painted before its images differ in little but colours.
  private static let manyTimes = 5.0
  /// How many times an image is enlarged before it is visibly blurred.
  private static let muchLarger = 2

  /// What may surprise in the balance that the plan gives, a sentence each.
  public var balanceNotices: [String] {
    // Photographs that are all painted equally often balance nothing.
    if settings.copies != nil || settings.encodeRatios != nil { return [] }
    let summary = summary
    return [absentees(summary.before), growth(summary)].compactMap { $0 }
  }

  /// Which photographs are painted very often; nil for none.
  public var repetitionWarning: String? {
    let many = Self.manyTimes * (settings.oversampling ?? 1)
    let times = Dictionary(
      pictures.compactMap(\.source).map { ($0, 1) }, uniquingKeysWith: +)
    let most = times.filter { Double($0.value) > many }.sorted {
      ($1.value, $0.key) < ($0.value, $1.key)
    }
    if most.isEmpty { return nil }
    let names = most.prefix(3).map { "'\(sources[$0.key].stem)' \($0.value) times" }
    return
      "\(most.count) of \(sources.count) photographs are painted more than \(Int(many)) times: "
      + names.joined(separator: ", ") + (most.count > 3 ? ", …" : "")
      + ". Images on the same outlines teach little: ask for fewer, or label more photographs of "
      + "the rare classes."
  }

  /// Which photographs are far larger than what is painted; nil for none, or where images stay as they are
  /// painted.
  public var enlargementWarning: String? {
    let largest = Self.muchLarger * settings.resolution
    let large = sources.filter { min($0.size.width, $0.size.height) > largest }
    guard let first = large.first, settings.keepsPaintedSize != true, settings.instances == nil
    else { return nil }
    return
      "\(large.count) of \(sources.count) photographs are more than \(Self.muchLarger) times larger "
      + "than what is painted at a resolution of \(settings.resolution), such as '\(first.stem)' "
      + "with \(first.size): images enlarged to their size are blurred. "
      + "Images and masks may stay at the size that is painted instead."
  }

  private func absentees(_ before: DatasetStatistics) -> String? {
    let names = before.classes.ids.filter { before.imagesPerClass[$0] == 0 }
      .map(before.classes.name)
    if names.isEmpty { return nil }
    return "Not balanced, since no photograph of this split shows them: "
      + names.joined(separator: ", ") + "."
  }

  private func growth(_ summary: AugmentationSummary) -> String? {
    let (before, after) = (summary.before.imagesPerClass, summary.after.imagesPerClass)
    guard settings.instances == nil,
      let (id, count) = before.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
      let grown = after[id], grown > count
    else { return nil }
    return
      "The most frequent class, \(summary.before.classes.name(of: id)), grows too, from \(count) to "
      + "\(grown): photographs of rarer classes show it as well."
  }
}
