/// Class balancing by repainting images of rare classes more often.
///
/// Classes are visited in order of their first appearance in the dataset, lower ids first within a
/// image. The images of a class stand in ascending order of how many classes they show, dataset
/// order breaking ties, and are walked through again and again; each repainting counts for *every* class
/// of its source. The walk ends as soon as the class reaches the target, which counts originals too.
///
/// Source: Che et al., ICPRAM 2025, Algorithm 1, in the reading that reproduces the paper's Table 4
/// (217, 426, 637, 850 images for its 216, 425, 634, 845).
public struct ClassBalancing: Sendable {
  /// Images by class, in the order in which they are walked through.
  private let sources: [UInt8: [Int]]
  /// Classes in order of first appearance.
  private let order: [UInt8]
  private let classes: [[UInt8]]

  /// Prepares the balancing of a dataset.
  ///
  /// - Parameter classSets: The foreground classes of every image, in the dataset's order.
  public init(_ classSets: [Set<UInt8>]) {
    classes = classSets.map { $0.sorted() }
    var order: [UInt8] = []
    var sources: [UInt8: [Int]] = [:]
    for (index, present) in classes.enumerated() {
      for id in present {
        if sources[id] == nil { order.append(id) }
        sources[id, default: []].append(index)
      }
    }
    // Indices break ties, which makes the sort stable.
    self.sources = sources.mapValues { [classes] list in
      list.sorted { (classes[$0].count, $0) < (classes[$1].count, $1) }
    }
    self.order = order
  }

  /// Chooses repaintings until every class that occurs is on at least `target` images.
  ///
  /// - Returns: The sources' indices in the order in which they are chosen; none where the target is
  ///   reached, or where no image has a class.
  public func choices(targetPerClass target: Int) -> [Int] {
    var occurrences = (0...255).map { sources[UInt8($0)]?.count ?? 0 }
    var chosen: [Int] = []
    for id in order {
      let list = sources[id] ?? []
      var position = 0
      while occurrences[Int(id)] < target {
        let source = list[position % list.count]
        chosen.append(source)
        for other in classes[source] { occurrences[Int(other)] += 1 }
        position += 1
      }
    }
    return chosen
  }

  /// How many repaintings ``choices(targetPerClass:)`` gives, in a time that does not grow with their number.
  private func choiceCount(targetPerClass target: Int, _ walks: [ClassWalk]) -> Int {
    var occurrences = walks.map(\.length)
    return walks.indices.reduce(0) { count, place in
      // Each step of its walk is one image more of the class.
      let steps = max(0, target - occurrences[place])
      walks[place].add(steps, to: &occurrences)
      return count + steps
    }
  }

  /// Chooses exactly `count` repaintings: those of the smallest target that asks for at least as many,
  /// cut to the first `count`.
  ///
  /// - Returns: `count` indices of sources, or none when no image has a class.
  public func choices(count: Int) -> [Int] {
    guard count > 0, !order.isEmpty else { return [] }
    let target = smallestTarget(asking: count)
    return Array(choices(targetPerClass: target).prefix(count))
  }

  /// The plan's length does not grow steadily with the target: a repainting more in one class may save
  /// several in later ones. So targets are tried one by one, from the first that could suffice.
  private func smallestTarget(asking count: Int) -> Int {
    let occurrences = sources.values.map(\.count)
    // No plan is longer than the sum of what the classes lack.
    func most(_ target: Int) -> Int { occurrences.reduce(0) { $0 + max(0, target - $1) } }
    var (low, high) = (0, (occurrences.min() ?? 0) + count)
    while low < high {
      let middle = (low + high) / 2
      if most(middle) >= count { high = middle } else { low = middle + 1 }
    }
    // It ends: the rarest class alone asks for `count` images at its own number plus `count`.
    let walks = order.map { ClassWalk(of: sources[$0] ?? [], classes, in: order) }
    return (low...).first { choiceCount(targetPerClass: $0, walks) >= count } ?? low
  }
}
