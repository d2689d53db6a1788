package import CPUKernelInterface

// A packed weight of integers has the layout of every other, and behind it its `WeightScales`.

extension Kernels {
  package static func packIntegers(
    _ weight: UnsafePointer<Word>, _ precision: OperandPrecision,
    into packed: UnsafeMutablePointer<Word>, as integers: IntegerPrecision, outputs: Int,
    channels: Int, taps: Int, panels: Range<Int>
  ) {
    func pack<I: IntegerOperands, F: FloatOperands>(_: I.Type, _: F.Type) {
      let width = packedWidth(outputs)
      let target = IntegerPanels<I>(packed, channels: channels, taps: taps, width: width)
      for panel in panels { target.pack(F.self, weight, width: width, panel, into: panel) }
    }
    switch (integers, precision) {
    case (.int8, .single): pack(Int8Operands.self, SingleOperands.self)
    case (.int8, .bfloat16): pack(Int8Operands.self, BFloat16Operands.self)
    case (.int16, .single): pack(Int16Operands.self, SingleOperands.self)
    case (.int16, .bfloat16): pack(Int16Operands.self, BFloat16Operands.self)
    }
  }

  /// Packs a weight as PyTorch stores it, panel by panel through numbers of single precision.
  static func packIntegers<I: IntegerOperands>(
    _: I.Type, _ weight: UnsafePointer<Float>, into packed: UnsafeMutablePointer<Word>,
    _ outputs: Int, _ channels: Int, _ taps: Int, _ panels: Range<Int>
  ) {
    let size = channels * taps
    let target = IntegerPanels<I>(
      packed, channels: channels, taps: taps, width: packedWidth(outputs))
    withUnsafeTemporaryAllocation(of: Word.self, capacity: size * tileColumns) { memory in
      guard let numbers = memory.baseAddress else { return }
      for panel in panels {
        let first = panel * tileColumns
        pack(
          SingleOperands.self, weight + first * size, into: numbers,
          min(tileColumns, outputs - first), channels, taps, 0..<1)
        target.pack(SingleOperands.self, numbers, width: tileColumns, 0, into: panel)
      }
    }
  }
}

/// The panels of a packed weight of integers.
private struct IntegerPanels<I: IntegerOperands> {
  private let packed: UnsafeMutablePointer<Word>
  private let channels, taps, width: Int

  init(_ packed: UnsafeMutablePointer<Word>, channels: Int, taps: Int, width: Int) {
    (self.packed, self.channels, self.taps, self.width) = (packed, channels, taps, width)
  }

  private var tapWords: Int { I.words(channels) }
  private var depth: Int { taps * tapWords }
  /// Where row `row` of the scales stands.
  private func scales(_ row: Int) -> UnsafeMutablePointer<Float> { packed + (depth + row) * width }

  /// Makes panel `panel` of panel `source` of a weight of numbers that has a width of its own.
  func pack<F: FloatOperands>(
    _: F.Type, _ weight: UnsafePointer<Word>, width: Int, _ source: Int, into panel: Int
  ) {
    let sourceDepth = taps * F.words(channels)
    for lane in stride(from: 0, to: Kernels.tileColumns, by: Lanes.scalarCount) {
      for step in 0..<I.steps(words: depth) {
        pack(step, panel, lane) { tap, channel in
          let d = tap * F.words(channels) + channel / F.perWord
          let row = Kernels.packedRow(d, depth: sourceDepth, width: width, panel: source)
          return F.operands(Lanes(weight + row + lane), at: channel % F.perWord)
        }
      }
    }
  }

  /// Makes one step of a register of outputs, whose weights `number` knows.
  @inline(always)
  private func pack(
    _ step: Int, _ panel: Int, _ lane: Int, _ number: (_ tap: Int, _ channel: Int) -> Lanes
  ) {
    let words = step * I.stepDepth..<min((step + 1) * I.stepDepth, depth)
    @inline(always)
    func operand(_ word: Int, _ place: Int) -> Lanes {
      let channel = word % tapWords * I.perWord + place
      return channel < channels ? number(word / tapWords, channel) : Lanes()
    }
    var extent = VectorExtent()
    for word in words {
      for place in 0..<I.perWord { extent.include(operand(word, place)) }
    }
    let factor = I.weightFactor(extent)
    let column = panel * Kernels.tileColumns + lane
    let scale = Lanes(repeating: 1) / factor
    scale.store(scales(step) + column)
    var sum = Lanes()
    for word in words {
      var bits = WordBits()
      for place in 0..<I.perWord {
        bits |= I.integers(operand(word, place), times: factor, at: place)
      }
      let word = packed + Kernels.packedRow(word, depth: depth, width: width, panel: panel) + lane
      let integers = unsafeBitCast(bits, to: Lanes.self)
      integers.store(word)
      if I.haveZeros { sum = I.add(sum, Lanes(repeating: I.ones), integers) }
    }
    if I.haveZeros {
      (sum.integerValue * scale).store(scales(I.steps(words: depth) + step) + column)
    }
  }
}
