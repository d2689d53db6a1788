import CPUKernelInterface

/// How the operands of a product are stored. Sums are always of single precision.
protocol Operands {
  /// Operands in a word.
  static var perWord: Int { get }
  /// sum + Σ a·b over the operands of each word.
  static func add(_ sum: Lanes, _ a: Lanes, _ b: Lanes) -> Lanes
  /// Writes `count` numbers as words; what is missing from the last word is zero.
  static func store(_ x: UnsafePointer<Float>, count: Int, into words: UnsafeMutablePointer<Word>)
  /// The words of rows of operands that are taken one after another: where a word holds one operand,
  /// `second` is left out.
  static func join(_ first: Lanes, _ second: Lanes) -> Lanes
  /// The operands at one place of each word.
  static func operands(_ words: Lanes, at place: Int) -> Lanes
}

extension Operands {
  /// Words that hold `count` operands.
  @inline(always)
  static func words(_ count: Int) -> Int { (count + perWord - 1) / perWord }
}

/// Operands of single precision.
enum SingleOperands: Operands {
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
  static func operands(_ words: Lanes, at place: Int) -> Lanes { words }
}
