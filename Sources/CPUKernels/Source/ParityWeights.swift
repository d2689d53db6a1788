package import CPUKernelInterface

// A 3×3 window over a map whose pixels were doubled reads 2×2 different ones, some through several
// taps: for rows 2h (parity 0) the taps fall on h−1 | h, h, for rows 2h+1 on h, h | h+1.

extension Kernels {
  package static func packParity(
    _ weight: WeightPanels, into packed: UnsafeMutablePointer<Word>, _ parity: Parity,
    as operands: ProductOperands, panels: Range<Int>
  ) {
    let (outputs, channels) = (weight.outputs, weight.channels)
    let target = PanelTarget(packed, outputs: outputs, channels: channels, taps: 4)
    let (operands, size) = (self.operands(of: operands), channels * tileColumns)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 4 * size) { memory in
      guard let sums = memory.baseAddress else { return }
      weight.forEach(panels) { panel, numbers in
        for tap in 0..<4 {
          sum(
            taps(parity.y, tap / 2), taps(parity.x, tap % 2), of: numbers, size,
            into: sums + tap * size)
        }
        operands.pack(sums, into: target, panel)
      }
    }
  }

  /// Adds up some of 3×3 taps, of `size` numbers each.
  private static func sum(
    _ rows: Range<Int>, _ columns: Range<Int>, of numbers: UnsafePointer<Float>, _ size: Int,
    into sums: UnsafeMutablePointer<Float>
  ) {
    for i in stride(from: 0, to: size, by: Lanes.scalarCount) {
      var sum = Lanes()
      for y in rows {
        for x in columns { sum += Lanes(numbers + (3 * y + x) * size + i) }
      }
      sum.store(sums + i)
    }
  }

  /// Taps of three that fall on the same pixel.
  private static func taps(_ parity: Int, _ pixel: Int) -> Range<Int> {
    switch (parity, pixel) {
    case (0, 0): 0..<1
    case (0, _): 1..<3
    case (_, 0): 0..<2
    default: 2..<3
    }
  }
}
