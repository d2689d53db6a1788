/// Class balancing by painting instances of rare classes anew more often.
///
/// Every image begins at the class that has fewest instances, originals counted, and at its instance that was painted least
/// often so far; what else is painted in that photograph is of the rarest classes, too. Of equals the lower id comes first,
/// and the first in the dataset. Each instance that is painted counts for its class.
package struct InstanceBalancing {
  /// An image to make.
  package struct Choice: Equatable {
    /// The photograph's place.
    package let source: Int
    /// The places of the instances that are painted, among the photograph's, ascending.
    package let instances: [Int]
  }

  /// An instance that may be painted.
  private struct Place {
    let source, instance: Int
  }

  /// The instances of a class, which are walked through again and again.
  private struct Walk {
    var places: [Place] = []
    var next = 0
    /// What is painted more often than this is passed over.
    var level = 0
  }

  /// The classes of each photograph's instances that may be painted.
  private let sources: [[UInt8]]
  private let perImage: Int
  private var counts: [UInt8: Int]
  private var timesPainted: [[Int]]
  private var walks: [UInt8: Walk] = [:]
  /// The classes that can be had more of, ascending.
  private let classes: [UInt8]

  /// Prepares the balancing of a dataset.
  ///
  /// - Parameters:
  ///   - sources: The class of each instance that may be painted, by photograph.
  ///   - counts: How many instances of each class the dataset has.
  ///   - perImage: How many are painted in one image at most.
  package init(_ sources: [[UInt8]], counts: [UInt8: Int], perImage: Int = .max) {
    (self.sources, self.counts, self.perImage) = (sources, counts, perImage)
    timesPainted = sources.map { $0.map { _ in 0 } }
    for (source, ids) in sources.enumerated() {
      for (instance, id) in ids.enumerated() {
        walks[id, default: Walk()].places.append(Place(source: source, instance: instance))
      }
    }
    classes = walks.keys.sorted()
  }

  /// Chooses images until every class that can be had more of has at least `target` instances.
  package func choices(targetPerClass target: Int) -> [Choice] {
    var (state, chosen) = (self, [Choice]())
    while let id = state.rarest, state.count(of: id) < target { chosen.append(state.choose(id)) }
    return chosen
  }

  /// Chooses so many images; none where there is no instance.
  package func choices(count: Int) -> [Choice] {
    var state = self
    return (0..<count).compactMap { _ in state.rarest.map { state.choose($0) } }
  }

  /// Chooses every photograph with an instance so often.
  package func choices(copies: Int) -> [Choice] {
    var state = self
    return (0..<copies).flatMap { _ in
      sources.indices.filter { !sources[$0].isEmpty }.map { state.paint(in: $0) }
    }
  }

  private func count(of id: UInt8) -> Int { counts[id, default: 0] }

  private var rarest: UInt8? { classes.min { (count(of: $0), $0) < (count(of: $1), $1) } }

  /// Goes to the class's instance that was painted least often.
  private mutating func choose(_ id: UInt8) -> Choice {
    guard var walk = walks[id] else { preconditionFailure("InstanceBalancing: no class \(id)") }
    while true {
      if walk.next == walk.places.count { (walk.next, walk.level) = (0, walk.level + 1) }
      let place = walk.places[walk.next]
      walk.next += 1
      guard timesPainted[place.source][place.instance] <= walk.level else { continue }
      walks[id] = walk
      return paint(in: place.source, first: place.instance)
    }
  }

  private mutating func paint(in source: Int, first: Int? = nil) -> Choice {
    let ids = sources[source]
    let order = ids.indices.sorted { a, b in
      func rank(_ place: Int) -> (Int, Int, Int, Int) {
        (
          place == first ? 0 : 1, count(of: ids[place]), timesPainted[source][place], place
        )
      }
      return rank(a) < rank(b)
    }
    let painted = order.prefix(perImage).sorted()
    for place in painted {
      counts[ids[place], default: 0] += 1
      timesPainted[source][place] += 1
    }
    return Choice(source: source, instances: painted)
  }
}
