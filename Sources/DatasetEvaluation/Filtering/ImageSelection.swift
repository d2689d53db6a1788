/// Which of some images are kept: the best ones, with the classes in the proportions that all of them have.
public struct ImageSelection: Sendable, Equatable {
  /// The places of the kept images, in ascending order.
  public let kept: [Int]

  /// Chooses.
  ///
  /// Images are taken best first while none of their classes has its share, then while one has not, then whatever they
  /// show, until there are enough. Without balance the best are taken.
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
    var room = Dictionary(classes.joined().map { ($0, share) }, uniquingKeysWith: +)
    var taken: [Int] = []
    var left = order
    for wants in [Want.all, .one, .none] {
      left.removeAll { image in
        guard taken.count < count, wants.isMet(by: classes[image].map { room[$0] ?? 0 }) else {
          return false
        }
        taken.append(image)
        for name in classes[image] { room[name, default: 0] -= 1 }
        return true
      }
    }
    return taken
  }

  /// How many of an image's classes must have room for another image.
  private enum Want {
    case all, one, none

    func isMet(by rooms: [Double]) -> Bool {
      switch self {
      case .all: rooms.allSatisfy { $0 > 0 }
      case .one: rooms.contains { $0 > 0 }
      case .none: true
      }
    }
  }
}
