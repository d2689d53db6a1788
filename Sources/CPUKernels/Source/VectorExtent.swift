import CPUKernelInterface

/// How long some vectors are, each in a lane of its own or all lanes together one.
struct VectorExtent {
  private var squares = Lanes()
  private(set) var largest = Lanes()

  @inline(always)
  init() {}

  @inline(always)
  mutating func include(_ x: Lanes) {
    squares = squares.adding(x, times: x)
    let magnitude = x.replacing(with: -x, where: x .< 0)
    largest = largest.replacing(with: magnitude, where: magnitude .> largest)
  }

  /// The norm of each lane's vector; where a number is not finite, neither is it.
  @inline(always)
  var norms: Lanes { squares.roots }

  /// The factor of the vector that all lanes hold together.
  @inline(always)
  var factor: Float { Int16Operands.factor(norm: norm, largest: largest.largest) }

  /// The norm of the vector that all lanes hold together.
  @inline(always)
  var norm: Float { squares.sumOfPairs.squareRoot() }
}

/// How long the steps are in which the numbers of a window are summed, pixel after pixel.
struct StepExtents {
  private var step = VectorExtent()
  /// Words of the step so far.
  private var words = 0
  /// Of the steps before.
  private var norm: Float = 0, largest: Float = 0

  @inline(always)
  init() {}

  /// Adds a pixel, or one that is padded with zeros.
  @inline(always)
  mutating func include(_ pixel: UnsafePointer<Float>?, count: Int) {
    let depth = Int16Operands.stepDepth
    var first = 0
    while first < count {
      let last = min(first + (depth - words) * Int16Operands.perWord, count)
      if let pixel {
        forEachLanes(last - first) { i, lanes in
          step.include(Kernels.load(pixel + first + i, lanes))
        }
      }
      words += Int16Operands.words(last - first)
      if words == depth { endStep() }
      first = last
    }
  }

  private mutating func endStep() {
    // A maximum that keeps what is no number.
    norm = step.norm > norm || step.norm != step.norm ? step.norm : norm
    largest = max(largest, step.largest.largest)
    (step, words) = (VectorExtent(), 0)
  }

  /// Ends the last step, and says what makes integers of all.
  @inline(always)
  mutating func finish() -> Float {
    endStep()
    return Int16Operands.factor(norm: norm, largest: largest)
  }
}
