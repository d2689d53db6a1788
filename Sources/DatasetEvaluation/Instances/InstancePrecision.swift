/// How well found objects are those that a dataset says are there: average precision by COCO's rule.
///
/// For each class, the found objects of all images are sorted by their scores; precision is averaged over 101 recalls, each
/// with the best precision at it or a higher one, and over the ten thresholds of overlap from 0.5 to 0.95. Of each image at
/// most 100 objects of a class count.
///
/// Source: Lin et al., "Microsoft COCO", ECCV 2014, arXiv 1405.0312, as pycocotools computes it.
public struct InstancePrecision: Sendable {
  /// The sizes of the objects that count.
  public enum Size: String, Sendable, CaseIterable {
    case all, small, medium, large

    /// In pixels.
    var range: ClosedRange<Double> {
      switch self {
      case .all: 0...1e10
      case .small: 0...1024
      case .medium: 1024...9216
      case .large: 9216...1e10
      }
    }
  }

  /// The overlaps from which on an object is found: 0.5, 0.55, … 0.95, as numpy's `linspace` rounds them.
  public static let thresholds = (0..<9).map { Double($0) * ((0.95 - 0.5) / 9) + 0.5 } + [0.95]
  private static let recalls = (0...100).map { $0 == 100 ? 1 : Double($0) * 0.01 }
  private static let mostOfAnImage = 100

  /// What was found of a class, and how much should be.
  private struct Tally {
    var outcomes: [InstanceMatching.Outcome] = []
    var expectedCount = 0
  }

  private struct Key: Hashable {
    let classID: Int
    let size: Size
  }

  private var tallies: [Key: Tally] = [:]

  /// Nothing is counted yet.
  public init() {}

  /// Counts the objects of an image, all masks being of its size.
  public mutating func add(_ found: [FoundInstance], expected: [ExpectedInstance]) {
    for classID in Set(found.map(\.classID)).union(expected.map(\.classID)) {
      let own = found.enumerated().filter { $0.element.classID == classID }
        .sorted { (-$0.element.score, $0.offset) < (-$1.element.score, $1.offset) }
        .prefix(Self.mostOfAnImage).map(\.element)
      let others = expected.filter { $0.classID == classID }
      let overlaps = own.map { InstanceMatching.overlaps($0, others) }
      for size in Size.allCases {
        let matching = InstanceMatching(own, others, overlaps, size.range)
        tallies[Key(classID: classID, size: size), default: Tally()].outcomes += matching.outcomes
        tallies[Key(classID: classID, size: size), default: Tally()].expectedCount +=
          matching.expectedCount
      }
    }
  }

  /// The average precision of a class at each threshold.
  ///
  /// - Returns: nil where no object of the class and size should be found.
  public func precisions(of classID: Int, _ size: Size = .all) -> [Double]? {
    guard let tally = tallies[Key(classID: classID, size: size)], tally.expectedCount > 0 else {
      return nil
    }
    // Objects as sure as each other stay in the order of the images.
    let sorted = tally.outcomes.enumerated().sorted {
      (-$0.element.score, $0.offset) < (-$1.element.score, $1.offset)
    }.map(\.element)
    return Self.thresholds.indices.map { threshold in
      let hits = sorted.filter { !$0.isIgnored[threshold] }.map { $0.isMatched[threshold] }
      return Self.mean(hits, of: tally.expectedCount)
    }
  }

  /// The mean over the classes that should be found, at all thresholds or one: AP, AP50, AP75.
  ///
  /// - Parameters:
  ///   - size: Of the objects that count.
  ///   - threshold: A place among ``thresholds``; nil for their mean.
  /// - Returns: nil where nothing should be found.
  public func mean(_ size: Size = .all, at threshold: Int? = nil) -> Double? {
    let classes = tallies.keys.filter { $0.size == size }.map(\.classID).sorted()
    let values = classes.compactMap { precisions(of: $0, size) }
      .flatMap { values in threshold.map { [values[$0]] } ?? values }
    return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  /// How many objects of a class should be found.
  public func expectedCount(of classID: Int) -> Int {
    tallies[Key(classID: classID, size: .all)]?.expectedCount ?? 0
  }

  /// The mean precision over the recalls.
  ///
  /// - Parameters:
  ///   - hits: Whether each found object is one that should be, the surest first.
  ///   - count: How many should be.
  private static func mean(_ hits: [Bool], of count: Int) -> Double {
    var (found, curve) = (0, [(recall: Double, precision: Double)]())
    for (index, isHit) in hits.enumerated() {
      found += isHit ? 1 : 0
      curve.append((Double(found) / Double(count), Double(found) / Double(index + 1)))
    }
    for place in curve.indices.dropLast().reversed() {
      curve[place].precision = max(curve[place].precision, curve[place + 1].precision)
    }
    var (place, sum) = (0, 0.0)
    for recall in recalls {
      while place < curve.count && curve[place].recall < recall { place += 1 }
      if place < curve.count { sum += curve[place].precision }
    }
    return sum / Double(recalls.count)
  }
}
