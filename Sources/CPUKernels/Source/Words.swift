import CPUKernelInterface

/// How the operands of a product are stored, and what their words' products are added to.
protocol Operands {
  /// Operands in a word.
  static var perWord: Int { get }
  /// Words summed before a tile goes back to memory: a panel of weights of this depth fits into the
  /// first-level cache, and sums of integers do not overflow.
  static var stepDepth: Int { get }
  /// Whether products are summed as integers, in a register's bits, until a step ends.
  static var sumsAreIntegers: Bool { get }
  /// sum + Σ a·b over the operands of each word.
  static func add(_ sum: Lanes, _ a: Lanes, _ b: Lanes) -> Lanes
  /// Writes `count` numbers as words; what is missing from the last word is zero, or meets zeros.
  static func store(
    _ x: UnsafePointer<Float>, count: Int, into words: UnsafeMutablePointer<Word>,
    _ code: IntegerCode)
  /// A word of zeros.
  static func zeros(_ code: IntegerCode) -> Word
  /// The integers that stand for what the window at a corner reads.
  static func code(_ arguments: ConvolutionArguments, _ corner: Corner) -> IntegerCode
  /// Rows of scales that stand behind a packed weight of `depth` words an output.
  static func scaleRows(depth: Int) -> Int
  /// What the words of a weight hold at one place, before a scale.
  static func numbers(_ words: Lanes, at place: Int) -> Lanes
  /// Writes the numbers of a panel, `[taps, C, P]`, as its words.
  static func pack(_ numbers: UnsafePointer<Float>, into target: PanelTarget, _ panel: Int)
  /// Writes the numbers of a panel of a packed weight, `[taps, C, P]`.
  static func unpack(
    _ weight: WeightPanels, _ panel: Int, into numbers: UnsafeMutablePointer<Float>)
}

extension Operands {
  static var stepDepth: Int { 256 }
  static var sumsAreIntegers: Bool { false }

  /// Operands of a step.
  static var stepLength: Int { stepDepth * perWord }

  /// Words that hold `count` operands.
  @inline(always)
  static func words(_ count: Int) -> Int { (count + perWord - 1) / perWord }

  /// Steps in which so many words are summed.
  @inline(always)
  static func steps(words: Int) -> Int { (words + stepDepth - 1) / stepDepth }
}

extension Kernels {
  /// How a product's operands are stored, for what is asked once and not for each word.
  static func operands(of product: ProductOperands) -> any Operands.Type {
    switch product {
    case .floats(.single): SingleOperands.self
    case .floats(.bfloat16): BFloat16Operands.self
    case .integers(.int8): Int8Operands.self
    case .integers(.int16): Int16Operands.self
    }
  }
}

/// Operands that are numbers themselves.
protocol FloatOperands: Operands {
  /// Writes `count` numbers as words; what is missing from the last word is zero.
  static func store(_ x: UnsafePointer<Float>, count: Int, into words: UnsafeMutablePointer<Word>)
  /// The words of rows of operands that are taken one after another: where a word holds one operand,
  /// `second` is left out.
  static func join(_ first: Lanes, _ second: Lanes) -> Lanes
}

extension FloatOperands {
  @inline(always)
  static func store(
    _ x: UnsafePointer<Float>, count: Int, into words: UnsafeMutablePointer<Word>, _: IntegerCode
  ) {
    store(x, count: count, into: words)
  }

  @inline(always)
  static func zeros(_: IntegerCode) -> Word { 0 }

  @inline(always)
  static func code(_: ConvolutionArguments, _: Corner) -> IntegerCode { .none }

  static func scaleRows(depth _: Int) -> Int { 0 }

  static func pack(_ numbers: UnsafePointer<Float>, into target: PanelTarget, _ panel: Int) {
    let (channels, tapWords) = (target.channels, words(target.channels))
    let depth = target.taps * tapWords
    for lane in stride(from: 0, to: Kernels.tileColumns, by: Lanes.scalarCount) {
      for word in 0..<depth {
        let channel = word % tapWords * perWord
        let first = numbers + (word / tapWords * channels + channel) * Kernels.tileColumns + lane
        let hasSecond = perWord == 2 && channel + 1 < channels
        join(Lanes(first), hasSecond ? Lanes(first + Kernels.tileColumns) : Lanes())
          .store(target.row(word, depth: depth, panel: panel) + lane)
      }
    }
  }
}

/// Operands of single precision.
enum SingleOperands: FloatOperands {
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
  static func numbers(_ words: Lanes, at place: Int) -> Lanes { words }
}
