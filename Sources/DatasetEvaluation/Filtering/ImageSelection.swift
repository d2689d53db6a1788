/// Which of some images are kept: the best ones, with the classes in the proportions that all of them have.
public struct ImageSelection: Sendable, Equatable {
  /// The places of the kept images, in ascending order.
  public let kept: [Int]

  /// Chooses.
  ///
  /// The class that lacks the largest part of its share gets its best image, again and again, until there are enough: so
  /// no class is left out because its images are the hardest. What remains then are the best, whatever they show. Without
  /// balance all are.
  ///
  /// - Parameters:
  ///   - merits: How good each image is, high for a good one; nil for one that cannot be judged, which is taken last.
  ///   - classes: What each image shows.
  ///   - share: How many are kept, of all, above 0 and at most 1; at least one image.
  ///   - isBalanced: Whether classes keep their proportions.
  public init(merits: [Double?], classes: [[String]], keeping share: Double, isBalanced: Bool) {
    precondition(
      merits.count == classes.count && share > 0 && share <= 1,
      "ImageSelection: \(merits.count) merits for \(classes.count) images, of which \(share) are kept"
    )
    let order = merits.indices.sorted {
      (-(merits[$0] ?? -.infinity), $0) < (-(merits[$1] ?? -.infinity), $1)
    }
    let count = min(max(Int((share * Double(merits.count)).rounded()), 1), merits.count)
    kept =
      isBalanced
      ? Self.balanced(order, classes, share, count).sorted() : order.prefix(count).sorted()
  }

  private static func balanced(
    _ order: [Int], _ classes: [[String]], _ share: Double, _ count: Int
  ) -> [Int] {
    var groups = ClassGroups(order, classes, share)
    var taken: [Int] = []
    while taken.count < count, let image = groups.next() { taken.append(image) }
    let known = Set(taken)
    return taken + order.lazy.filter { !known.contains($0) }.prefix(count - taken.count)
  }
}

/// The images of each class, best first, and how many of them are taken.
private struct ClassGroups {
  private let classes: [[String]]
  private var left: [String: ArraySlice<Int>] = [:]
  private var wanted: [String: Double] = [:]
  private var taken: [String: Double] = [:]
  private var isTaken: [Bool]
  /// In an order of their own, so that equal needs are met alike everywhere.
  private let names: [String]

  init(_ order: [Int], _ classes: [[String]], _ share: Double) {
    self.classes = classes.map { Array(Set($0)) }
    isTaken = [Bool](repeating: false, count: classes.count)
    for image in order {
      for name in self.classes[image] {
        left[name, default: []].append(image)
        wanted[name, default: 0] += share
      }
    }
    names = left.keys.sorted()
  }

  /// Takes the best image of the neediest class; nil when no class lacks an image that there is.
  mutating func next() -> Int? {
    var neediest: (name: String, need: Double)?
    for name in names {
      left[name] = left[name]?.drop { isTaken[$0] }
      let need = 1 - taken[name, default: 0] / wanted[name, default: 1]
      if need > neediest?.need ?? 0, left[name]?.isEmpty == false { neediest = (name, need) }
    }
    guard let name = neediest?.name, let image = left[name]?.first else { return nil }
    isTaken[image] = true
    for name in classes[image] { taken[name, default: 0] += 1 }
    return image
  }
}
