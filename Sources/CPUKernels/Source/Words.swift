import CPUKernelInterface

/// How the factors of a product are stored. Sums are always of single precision.
protocol Factors {
  /// Factors in a word.
  static var perWord: Int { get }
  /// sum + Σ a·b over the factors of each word.
  static func add(_ sum: Lanes, _ a: Lanes, _ b: Lanes) -> Lanes
  /// Writes `count` numbers as words; what is missing from the last word is zero.
  static func store(_ x: UnsafePointer<Float>, count: Int, into words: UnsafeMutablePointer<Word>)
  /// The words of rows of factors that are taken one after another: where a word holds one factor,
  /// `second` is left out.
  static func join(_ first: Lanes, _ second: Lanes) -> Lanes
  /// The factors at one place of each word.
  static func factors(_ words: Lanes, at place: Int) -> Lanes
}

extension Factors {
  /// Words that hold `count` factors.
  @inline(always)
  static func words(_ count: Int) -> Int { (count + perWord - 1) / perWord }
}

/// Factors of single precision.
enum SingleFactors: Factors {
  static var perWord: Int { 1 }

  @inline(always)
  static func add(_ sum: Lanes, _ a: Lanes, _ b: Lanes) -> Lanes { sum.adding(a, times: b) }

  @inline(always)
  static func store(_ x: UnsafePointer<Float>, count: Int, into words: UnsafeMutablePointer<Word>) {
    forEachLanes(count) { i, lanes in Kernels.store(Kernels.load(x + i, lanes), words + i, lanes) }
  }

  @inline(always)
  static func join(_ first: Lanes, _ second: Lanes) -> Lanes { first }

  @inline(always)
  static func factors(_ words: Lanes, at place: Int) -> Lanes { words }
}
