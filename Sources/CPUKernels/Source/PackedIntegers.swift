package import CPUKernelInterface

// A packed weight of integers has the layout of every other, and behind it its `WeightScales`.

extension Kernels {
  package static func packIntegers(
    _ weight: UnsafePointer<Word>, _ precision: OperandPrecision,
    into packed: UnsafeMutablePointer<Word>, outputs: Int, channels: Int, taps: Int,
    panels: Range<Int>
  ) {
    let width = packedWidth(outputs)
    let target = IntegerPanels(packed, channels: channels, taps: taps, width: width)
    for panel in panels {
      switch precision {
      case .single: target.pack(SingleOperands.self, weight, width: width, panel, into: panel)
      case .bfloat16: target.pack(BFloat16Operands.self, weight, width: width, panel, into: panel)
      }
    }
  }

  /// Packs a weight as PyTorch stores it, panel by panel through numbers of single precision.
  static func packIntegers(
    _ weight: UnsafePointer<Float>, into packed: UnsafeMutablePointer<Word>, _ outputs: Int,
    _ channels: Int, _ taps: Int, _ panels: Range<Int>
  ) {
    let size = channels * taps
    let target = IntegerPanels(packed, channels: channels, taps: taps, width: packedWidth(outputs))
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
private struct IntegerPanels {
  private let packed: UnsafeMutablePointer<Word>
  private let channels, taps, width: Int

  init(_ packed: UnsafeMutablePointer<Word>, channels: Int, taps: Int, width: Int) {
    (self.packed, self.channels, self.taps, self.width) = (packed, channels, taps, width)
  }

  private var tapWords: Int { Int8Operands.words(channels) }
  private var depth: Int { taps * tapWords }
  /// Where row `row` of the scales stands.
  private func scales(_ row: Int) -> UnsafeMutablePointer<Float> { packed + (depth + row) * width }

  /// Makes panel `panel` of panel `source` of a weight of numbers that has a width of its own.
  func pack<F: FloatOperands>(
    _: F.Type, _ weight: UnsafePointer<Word>, width: Int, _ source: Int, into panel: Int
  ) {
    let sourceDepth = taps * F.words(channels)
    for lane in stride(from: 0, to: Kernels.tileColumns, by: Lanes.scalarCount) {
      @inline(always)
      func number(_ tap: Int, _ channel: Int) -> Lanes {
        if channel >= channels { return Lanes() }
        let d = tap * F.words(channels) + channel / F.perWord
        let row = Kernels.packedRow(d, depth: sourceDepth, width: width, panel: source)
        return F.operands(Lanes(weight + row + lane), at: channel % F.perWord)
      }
      let column = panel * Kernels.tileColumns + lane
      let largest = largest(number)
      (largest / Int8Operands.largestWeight).store(scales(0) + column)
      let inverse = (Lanes(repeating: Int8Operands.largestWeight) / largest)
        .replacing(with: Lanes(), where: largest .== 0)
      for d in 0..<depth {
        let (tap, channel) = (d / tapWords, d % tapWords * Int8Operands.perWord)
        let four = (
          number(tap, channel), number(tap, channel + 1), number(tap, channel + 2),
          number(tap, channel + 3)
        )
        Int8Operands.join(four, inverse: inverse).store(word(d, panel) + lane)
      }
      sum(panel, lane)
    }
  }

  private func word(_ d: Int, _ panel: Int) -> UnsafeMutablePointer<Word> {
    packed + Kernels.packedRow(d, depth: depth, width: width, panel: panel)
  }

  /// The largest magnitude of each output; one that is not finite stays.
  @inline(always)
  private func largest(_ number: (_ tap: Int, _ channel: Int) -> Lanes) -> Lanes {
    var (largest, poison) = (Lanes(), Lanes())
    for tap in 0..<taps {
      for channel in 0..<channels {
        let x = number(tap, channel)
        let magnitude = x.replacing(with: -x, where: x .< 0)
        largest = largest.replacing(with: magnitude, where: magnitude .> largest)
        poison = poison.adding(x, times: Lanes())
      }
    }
    return largest + poison
  }

  /// Writes what the weights of each step add up to, as numbers.
  private func sum(_ panel: Int, _ lane: Int) {
    let column = panel * Kernels.tileColumns + lane
    let ones = Lanes(repeating: Word(bitPattern: 0x0101_0101))
    for (step, start) in stride(from: 0, to: depth, by: Int8Operands.stepDepth).enumerated() {
      var sum = Lanes()
      for d in start..<min(start + Int8Operands.stepDepth, depth) {
        sum = Int8Operands.add(sum, ones, Lanes(UnsafePointer(word(d, panel) + lane)))
      }
      (sum.integerValue * Lanes(UnsafePointer(scales(0) + column)))
        .store(scales(1 + step) + column)
    }
  }
}
