import SegmentationDatasets

/// What a plan does to the balance of a dataset's instances.
public struct InstanceBalance: Encodable, Sendable, Equatable {
  /// How many instances of each class the originals have, by its name.
  public let perClassBefore: [String: Int]
  /// The same with those that are painted anew.
  public let perClassAfter: [String: Int]

  /// Instances that are painted anew.
  public var repainted: Int { sum(perClassAfter) - sum(perClassBefore) }

  private func sum(_ counts: [String: Int]) -> Int { counts.values.reduce(0, +) }

  private enum CodingKeys: String, CodingKey { case perClassBefore, perClassAfter, repainted }

  /// Writes one object.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(perClassBefore, forKey: .perClassBefore)
    try container.encode(perClassAfter, forKey: .perClassAfter)
    try container.encode(repainted, forKey: .repainted)
  }
}

extension InstanceBalance {
  /// Counts the instances of a plan that paints some.
  ///
  /// - Parameter names: The images that count.
  /// - Returns: nil for another plan.
  init?(of plan: AugmentationPlan, keeping names: Set<String>) {
    guard plan.settings.instances != nil else { return nil }
    let before = plan.sources.flatMap(\.instances).map { plan.classes.name(of: $0.classID) }
    let ids = Dictionary(plan.classes.ids.map { (plan.classes.words(for: $0), $0) }) { first, _ in
      first
    }
    let made = plan.pictures.filter { names.contains($0.name) }
      .flatMap { $0.repainted ?? [] }
      .compactMap { ids[$0.class].map(plan.classes.name) }
    perClassBefore = Self.counts(of: before)
    perClassAfter = Self.counts(of: before + made)
  }

  private static func counts(of names: [String]) -> [String: Int] {
    Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
  }
}
