package import CPUKernelInterface

// A 3×3 window over a map whose pixels were doubled reads 2×2 different ones, some through several
// taps: for rows 2h (parity 0) the taps fall on h−1 | h, h, for rows 2h+1 on h, h | h+1.

extension Kernels {
  package static func packParity(
    _ weight: UnsafePointer<Word>, into packed: UnsafeMutablePointer<Word>, _ parity: Parity,
    outputs: Int, channels: Int, precision: OperandPrecision, panels: Range<Int>
  ) {
    switch precision {
    case .single:
      packParity(SingleOperands.self, weight, into: packed, parity, outputs, channels, panels)
    case .bfloat16:
      packParity(BFloat16Operands.self, weight, into: packed, parity, outputs, channels, panels)
    }
  }

  private static func packParity<F: FloatOperands>(
    _: F.Type, _ weight: UnsafePointer<Word>, into packed: UnsafeMutablePointer<Word>,
    _ parity: Parity, _ outputs: Int, _ channels: Int, _ panels: Range<Int>
  ) {
    let (words, width) = (F.words(channels), packedWidth(outputs))
    for panel in panels {
      for tap in 0..<4 {
        let (rows, columns) = (taps(parity.y, tap / 2), taps(parity.x, tap % 2))
        for word in 0..<words {
          let target =
            packed + packedRow(tap * words + word, depth: 4 * words, width: width, panel: panel)
          for lane in stride(from: 0, to: tileColumns, by: Lanes.scalarCount) {
            var (first, second) = (Lanes(), Lanes())
            for y in rows {
              for x in columns {
                let source = packedRow(
                  (3 * y + x) * words + word, depth: 9 * words, width: width, panel: panel)
                let operands = Lanes(weight + source + lane)
                first += F.operands(operands, at: 0)
                second += F.operands(operands, at: F.perWord - 1)
              }
            }
            F.join(first, second).store(target + lane)
          }
        }
      }
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
