import CPUKernelInterface

// A packed weight of integers has the layout of every other, and behind it its `WeightScales`.

extension IntegerOperands {
  static func pack(_ numbers: UnsafePointer<Float>, into target: PanelTarget, _ panel: Int) {
    let panel = IntegerPanel<Self>(numbers, target, panel)
    for lane in stride(from: 0, to: Kernels.tileColumns, by: Lanes.scalarCount) {
      for step in 0..<steps(words: panel.depth) { panel.pack(step, lane) }
    }
  }
}

/// A panel of a packed weight of integers, and the numbers that these stand for, `[taps, C, P]`.
private struct IntegerPanel<I: IntegerOperands> {
  private let numbers: UnsafePointer<Float>
  private let target: PanelTarget
  private let index: Int

  init(_ numbers: UnsafePointer<Float>, _ target: PanelTarget, _ index: Int) {
    (self.numbers, self.target, self.index) = (numbers, target, index)
  }

  private var tapWords: Int { I.words(target.channels) }
  var depth: Int { target.taps * tapWords }

  /// Where row `row` of the scales of some outputs stands.
  private func scales(_ row: Int, _ lane: Int) -> UnsafeMutablePointer<Float> {
    target.packed + (depth + row) * target.width + index * Kernels.tileColumns + lane
  }

  /// What stands at one place of a word.
  @inline(always)
  private func operand(_ word: Int, _ place: Int, _ lane: Int) -> Lanes {
    let channel = word % tapWords * I.perWord + place
    guard channel < target.channels else { return Lanes() }
    let row = word / tapWords * target.channels + channel
    return Lanes(numbers + row * Kernels.tileColumns + lane)
  }

  /// Makes one step of a register of outputs.
  @inline(always)
  func pack(_ step: Int, _ lane: Int) {
    let words = step * I.stepDepth..<min((step + 1) * I.stepDepth, depth)
    var extent = VectorExtent()
    for word in words {
      for place in 0..<I.perWord { extent.include(operand(word, place, lane)) }
    }
    let factor = I.weightFactor(extent)
    let scale = Lanes(repeating: 1) / factor
    scale.store(scales(step, lane))
    var sum = Lanes()
    for word in words {
      var bits = WordBits()
      for place in 0..<I.perWord {
        bits |= I.integers(operand(word, place, lane), times: factor, at: place)
      }
      let integers = unsafeBitCast(bits, to: Lanes.self)
      integers.store(target.row(word, depth: depth, panel: index) + lane)
      if I.haveZeros { sum = I.add(sum, Lanes(repeating: I.ones), integers) }
    }
    if I.haveZeros {
      (sum.integerValue * scale).store(scales(I.steps(words: depth) + step, lane))
    }
  }
}
