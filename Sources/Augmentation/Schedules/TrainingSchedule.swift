import Faults

/// What a training sees in each epoch.
public struct TrainingSchedule: Sendable {
  /// Everything that decides it, beside the images.
  public struct Rules: Sendable {
    /// Which images an epoch has.
    public var scheme: TrainingScheme
    /// The first epoch of each set, in the order of the sets, for a scheme with a curriculum; nil for none.
    public var starts: [Int]?
    /// The share of photographs that are replaced, 0 … 1.
    public var probability: Double?
    /// The k of the best: as published, k + 1 versions are kept.
    public var best: Int?
    /// Chooses what is drawn.
    public var seed: UInt64

    /// Collects the rules.
    public init(
      _ scheme: TrainingScheme, starts: [Int]? = nil, probability: Double? = nil, best: Int? = nil,
      seed: UInt64 = 0
    ) {
      (self.scheme, self.starts, self.probability) = (scheme, starts, probability)
      (self.best, self.seed) = (best, seed)
    }
  }

  private let rules: Rules
  private let sets: SyntheticSets
  /// Of each photograph: the numbers of the sets, from 0, the best first; empty where nothing is ranked.
  private let ranking: [[Int]]

  /// Prepares the lists.
  ///
  /// - Parameters:
  ///   - rules: How they are made.
  ///   - sets: What they are made of.
  ///   - ranking: For ``TrainingScheme/bestK``: of each photograph the numbers of the sets, from 0, the best first.
  /// - Throws: ``AugmentationError`` of kind `request` for rules that contradict each other or do not fit the sets.
  public init(_ rules: Rules, _ sets: SyntheticSets, ranking: [[Int]] = []) throws {
    try rules.validate(for: sets)
    (self.rules, self.sets, self.ranking) = (rules, sets, ranking)
    precondition(
      rules.scheme != .bestK || ranking.count == sets.originals.count,
      "TrainingSchedule: \(ranking.count) rankings for \(sets.originals.count) photographs")
  }

  /// The stems of the images of an epoch, photographs first, then set by set.
  ///
  /// - Parameter epoch: From 0.
  public func images(in epoch: Int) -> [String] {
    let (originals, versions) = (sets.originals, sets.versions)
    switch rules.scheme {
    case .append: return originals + versions.joined()
    case .appendCurriculum: return originals + versions[current(epoch)]
    case .sample:
      return originals
        + originals.indices.map { versions[drawnSet($0, epoch)][$0] }
    case .replacement:
      return originals.indices.map { place in
        guard draw(place, epoch, number: 0) < rules.probability ?? 0 else {
          return originals[place]
        }
        return versions[rules.starts == nil ? drawnSet(place, epoch) : current(epoch)][place]
      }
    case .syntheticOnly: return Array(versions.joined())
    case .bestK:
      return originals
        + (0...(rules.best ?? 0)).flatMap { rank in
          originals.indices.map { versions[ranking[$0][rank]][$0] }
        }
    }
  }

  /// The set of an epoch: the last one that has begun.
  private func current(_ epoch: Int) -> Int {
    (rules.starts ?? []).lastIndex { $0 <= epoch } ?? 0
  }

  private func drawnSet(_ place: Int, _ epoch: Int) -> Int {
    Int(draw(place, epoch, number: 1) * Double(sets.versions.count))
  }

  /// A number from 0 to below 1 that depends on the seed, the photograph and the epoch alone.
  private func draw(_ place: Int, _ epoch: Int, number: Int) -> Double {
    let bits = ImageSeed.seed(
      run: rules.seed, stem: sets.originals[place], copy: epoch, attempt: number)
    return Double(bits) / Double(UInt64(1) << 53)
  }
}

extension TrainingSchedule.Rules {
  /// Checks the rules, by themselves and for the number of sets.
  func validate(for sets: SyntheticSets) throws {
    let count = sets.versions.count
    try demand(
      starts == nil || scheme == .appendCurriculum || scheme == .replacement,
      scheme == .sample
        ? "'sample' draws a set for each image, and a curriculum says which one it is: they do not go together. Take "
          + "'\(TrainingScheme.appendCurriculum.rawValue)', or no curriculum."
        : "'\(scheme.rawValue)' has all of its sets in every epoch, and no curriculum. Take "
          + "'\(TrainingScheme.appendCurriculum.rawValue)' or '\(TrainingScheme.replacement.rawValue)'.",
      .starts)
    try demand(
      scheme != .appendCurriculum || starts != nil,
      "a curriculum needs the first epoch of each set.", .starts)
    if let starts {
      try demand(
        starts.count == count,
        "\(starts.count) first epochs are given for \(count) sets (\(sets.names.joined(separator: ", "))); expected one "
          + "for each.", .starts)
      try demand(
        starts[0] == 0 && zip(starts, starts.dropFirst()).allSatisfy { $0 < $1 },
        "the first epochs of the sets must begin with 0 and ascend, found \(starts).", .starts)
    }
    try demand(
      (probability != nil) == (scheme == .replacement),
      "'replacement', and no other scheme, needs the share of photographs that are replaced.",
      .probability)
    try demand(
      probability.map { (0...1).contains($0) } ?? true,
      "the share of photographs that are replaced must be within 0 ... 1.", .probability)
    try demand(
      (best != nil) == (scheme == .bestK),
      "'best-k', and no other scheme, needs the number of best versions.", .best)
    try demand(
      best.map { $0 >= 0 && $0 < count } ?? true,
      "k + 1 versions of each photograph are kept, of \(count): k must be within 0 ... \(count - 1).",
      .best)
  }
}
