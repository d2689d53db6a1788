package import CPUKernelInterface

// Legend: C channels of a tap, W = ⌈C / operands of a word⌉ words of a tap, D = taps·W words of a result,
// P = tileColumns outputs of a panel.

extension Kernels {
  /// Words whose packed inputs stay in the second-level cache while all panels pass by; whole steps.
  static var blockDepth: Int { 1280 }

  package static func packedCount(
    outputs: Int, channels: Int, taps: Int, operands: ProductOperands
  ) -> Int {
    let operands = self.operands(of: operands)
    let depth = taps * operands.words(channels)
    return packedWidth(outputs) * (depth + operands.scaleRows(depth: depth))
  }

  /// `count` rounded up to tiles.
  @inline(always)
  static func wholeTiles(_ count: Int) -> Int { (count + tileRows - 1) / tileRows * tileRows }

  /// Words between two rows of `count` words: an odd number of cache lines, so that the rows of a tile
  /// do not compete for the same places of the cache.
  @inline(always)
  static func paddedRow(_ count: Int) -> Int { ((count + 15) / 16 | 1) * 16 }

  /// Outputs of all panels.
  @inline(always)
  static func packedWidth(_ outputs: Int) -> Int {
    (outputs + tileColumns - 1) / tileColumns * tileColumns
  }

  /// Layout: blocks of `blockDepth` words; in a block, panels of P outputs; in a panel, a row of P words
  /// for each word of depth. Word d is word d % W of tap d / W.
  package static func pack(
    _ weight: UnsafePointer<Float>, into packed: UnsafeMutablePointer<Word>, outputs: Int,
    channels: Int, taps: Int, operands: ProductOperands, panels: Range<Int>
  ) {
    switch operands {
    case .floats(.single):
      pack(SingleOperands.self, weight, into: packed, outputs, channels, taps, panels)
    case .floats(.bfloat16):
      pack(BFloat16Operands.self, weight, into: packed, outputs, channels, taps, panels)
    case .integers(let integers):
      let target = PanelTarget(packed, outputs: outputs, channels: channels, taps: taps)
      pack(integers, weight, into: target, outputs, panels)
    }
  }

  /// Packs panel by panel through numbers of single precision.
  private static func pack(
    _ integers: IntegerPrecision, _ weight: UnsafePointer<Float>, into target: PanelTarget,
    _ outputs: Int, _ panels: Range<Int>
  ) {
    let (size, operands) = (target.channels * target.taps, self.operands(of: .integers(integers)))
    withUnsafeTemporaryAllocation(of: Word.self, capacity: size * tileColumns) { memory in
      guard let numbers = memory.baseAddress else { return }
      for panel in panels {
        let first = panel * tileColumns
        pack(
          SingleOperands.self, weight + first * size, into: numbers,
          min(tileColumns, outputs - first), target.channels, target.taps, 0..<1)
        operands.pack(numbers, into: target, panel)
      }
    }
  }

  private static func pack<F: FloatOperands>(
    _: F.Type, _ weight: UnsafePointer<Float>, into packed: UnsafeMutablePointer<Word>,
    _ outputs: Int, _ channels: Int, _ taps: Int, _ panels: Range<Int>
  ) {
    let depth = taps * F.words(channels)
    let width = packedWidth(outputs)
    withUnsafeTemporaryAllocation(of: Word.self, capacity: tileColumns * depth) { words in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: channels) { tap in
        guard let words = words.baseAddress, let tap = tap.baseAddress else { return }
        for panel in panels {
          let first = panel * tileColumns
          let filled = min(tileColumns, outputs - first)
          for column in 0..<filled {
            orderTaps(
              F.self, weight + (first + column) * channels * taps, channels, taps, tap,
              into: words + column * depth)
          }
          interleavePanel(words, filled: filled, depth, width, panel, into: packed)
        }
      }
    }
  }

  /// Writes `[channels, taps]` numbers of one output as `[taps, W]` words.
  private static func orderTaps<F: FloatOperands>(
    _: F.Type, _ weight: UnsafePointer<Float>, _ channels: Int, _ taps: Int,
    _ tap: UnsafeMutablePointer<Float>, into words: UnsafeMutablePointer<Word>
  ) {
    if taps == 1 { return F.store(weight, count: channels, into: words) }
    for t in 0..<taps {
      for channel in 0..<channels { tap[channel] = weight[channel * taps + t] }
      F.store(tap, count: channels, into: words + t * F.words(channels))
    }
  }

  private static func interleavePanel(
    _ words: UnsafePointer<Word>, filled: Int, _ depth: Int, _ width: Int, _ panel: Int,
    into packed: UnsafeMutablePointer<Word>
  ) {
    withUnsafeTemporaryAllocation(of: UnsafePointer<Word>?.self, capacity: tileColumns) { rows in
      guard let rows = rows.baseAddress else { return }
      for column in 0..<tileColumns {
        rows[column] = column < filled ? words + column * depth : nil
      }
      for block in stride(from: 0, to: depth, by: blockDepth) {
        interleave(
          rows, width: tileColumns, offset: block, count: min(blockDepth, depth - block),
          into: packed + packedRow(block, depth: depth, width: width, panel: panel))
      }
    }
  }

  /// Where the outputs of word `d` stand in a panel.
  @inline(always)
  static func packedRow(_ d: Int, depth: Int, width: Int, panel: Int) -> Int {
    let block = d / blockDepth * blockDepth
    let height = min(blockDepth, depth - block)
    return block * width + panel * tileColumns * height + (d - block) * tileColumns
  }
}

/// The memory of a packed weight, which is filled panel by panel.
struct PanelTarget {
  let packed: UnsafeMutablePointer<Word>
  let channels, taps, width: Int

  init(_ packed: UnsafeMutablePointer<Word>, outputs: Int, channels: Int, taps: Int) {
    (self.packed, self.channels, self.taps) = (packed, channels, taps)
    width = Kernels.packedWidth(outputs)
  }

  /// Where the outputs of one word stand in a panel.
  @inline(always)
  func row(_ word: Int, depth: Int, panel: Int) -> UnsafeMutablePointer<Word> {
    packed + Kernels.packedRow(word, depth: depth, width: width, panel: panel)
  }
}
