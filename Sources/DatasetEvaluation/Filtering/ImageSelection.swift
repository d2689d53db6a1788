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
  ///   - preferred: The places of images that are kept before any other.
  ///   - excluded: The places of images that are not kept, though they count among all.
  public init(
    merits: [Double?], classes: [[String]], keeping share: Double, isBalanced: Bool,
    preferring preferred: Set<Int> = [], excluding excluded: Set<Int> = []
  ) {
    precondition(
      merits.count == classes.count && share > 0 && share <= 1,
      "ImageSelection: \(merits.count) merits for \(classes.count) images, of which \(share) are kept"
    )
    let order = merits.indices.sorted {
      (-(merits[$0] ?? -.infinity), $0) < (-(merits[$1] ?? -.infinity), $1)
    }
    let count = min(max(Int((share * Double(merits.count)).rounded()), 1), merits.count)
    var groups = ClassGroups(isBalanced ? classes : classes.map { _ in [] }, share)
    var taken: [Int] = []
    for isFirst in [true, false] {
      let offered = order.filter {
        preferred.contains($0) == isFirst && !excluded.contains($0)
      }
      taken += groups.best(of: offered, count - taken.count)
    }
    kept = taken.sorted()
  }
}

/// How many images of each class are wanted, and how many are taken.
private struct ClassGroups {
  private let classes: [[String]]
  private var wanted: [String: Double] = [:]
  private var taken: [String: Double] = [:]

  init(_ classes: [[String]], _ share: Double) {
    self.classes = classes.map { Array(Set($0)) }
    for name in self.classes.joined() { wanted[name, default: 0] += share }
  }

  /// Takes so many of some images, best first: those that classes lack, then the others.
  mutating func best(of order: [Int], _ count: Int) -> [Int] {
    var left: [String: ArraySlice<Int>] = [:]
    for image in order {
      for name in classes[image] { left[name, default: []].append(image) }
    }
    // In an order of their own, so that equal needs are met alike everywhere.
    let names = left.keys.sorted()
    var chosen: [Int] = []
    var isChosen = Set<Int>()
    func take(_ image: Int) {
      chosen.append(image)
      isChosen.insert(image)
      for name in classes[image] { taken[name, default: 0] += 1 }
    }
    while chosen.count < count {
      for name in names { left[name] = left[name]?.drop { isChosen.contains($0) } }
      guard let name = neediest(of: names.filter { left[$0]?.isEmpty == false }),
        let image = left[name]?.first
      else { break }
      take(image)
    }
    order.filter { !isChosen.contains($0) }.prefix(count - chosen.count).forEach(take)
    return chosen
  }

  /// The class that lacks the largest part of its share, the first among equals; nil when none lacks any.
  private func neediest(of names: [String]) -> String? {
    var neediest: (name: String, need: Double)?
    for name in names {
      let need = 1 - taken[name, default: 0] / wanted[name, default: 1]
      if need > neediest?.need ?? 0 { neediest = (name, need) }
    }
    return neediest?.name
  }
}
