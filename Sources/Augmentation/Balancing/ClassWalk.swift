/// The images of a class, walked through again and again, and how often each class has been met after any number of steps.
struct ClassWalk {
  /// After so many steps sums are kept; those between are counted one by one.
  private static let stride = 64

  /// How many images the class has.
  let length: Int
  /// The places of each image's classes among all classes.
  private let images: [[Int]]
  /// How often each class has been met after every ``stride`` steps of the first round, from none on.
  private let sums: [[Int]]
  /// The same after a whole round.
  private let round: [Int]

  /// - Parameters:
  ///   - walk: The images in the order of the walk.
  ///   - classes: The classes of every image of the dataset.
  ///   - order: All classes.
  init(of walk: [Int], _ classes: [[UInt8]], in order: [UInt8]) {
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    length = walk.count
    images = walk.map { classes[$0].compactMap { places[$0] } }
    var (counts, sums) = ([Int](repeating: 0, count: order.count), [[Int]]())
    for (step, image) in images.enumerated() {
      if step % Self.stride == 0 { sums.append(counts) }
      for place in image { counts[place] += 1 }
    }
    (self.sums, round) = (sums, counts)
  }

  /// Adds what is met in so many steps from the walk's beginning.
  func add(_ steps: Int, to counts: inout [Int]) {
    if steps == 0 { return }
    let (rounds, rest) = steps.quotientAndRemainder(dividingBy: length)
    let sum = sums[rest / Self.stride]
    for place in counts.indices { counts[place] += rounds * round[place] + sum[place] }
    for step in (rest - rest % Self.stride)..<rest {
      for place in images[step] { counts[place] += 1 }
    }
  }
}
