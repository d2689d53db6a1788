package import CPUKernelInterface

// Every other form of a packed weight is made of its numbers, panel by panel: `[taps, C, P]`, C channels of a tap,
// P = tileColumns outputs.

extension Kernels {
  package static func repack(
    _ weight: WeightPanels, into packed: UnsafeMutablePointer<Word>, as operands: ProductOperands,
    panels: Range<Int>
  ) {
    let target = PanelTarget(
      packed, outputs: weight.outputs, channels: weight.channels, taps: weight.taps)
    let operands = self.operands(of: operands)
    weight.forEach(panels) { operands.pack($1, into: target, $0) }
  }
}

extension WeightPanels {
  /// Hands over the numbers of some panels.
  func forEach(
    _ panels: Range<Int>, _ body: (_ panel: Int, _ numbers: UnsafePointer<Float>) -> Void
  ) {
    let operands = Kernels.operands(of: operands)
    withUnsafeTemporaryAllocation(
      of: Float.self, capacity: taps * channels * Kernels.tileColumns
    ) { memory in
      guard let numbers = memory.baseAddress else { return }
      for panel in panels {
        operands.unpack(self, panel, into: numbers)
        body(panel, numbers)
      }
    }
  }
}

extension Operands {
  static func unpack(
    _ weight: WeightPanels, _ panel: Int, into numbers: UnsafeMutablePointer<Float>
  ) {
    let (channels, width) = (weight.channels, Kernels.packedWidth(weight.outputs))
    let tapWords = words(channels)
    let depth = weight.taps * tapWords
    for lane in stride(from: 0, to: Kernels.tileColumns, by: Lanes.scalarCount) {
      let scales = weight.words + depth * width + panel * Kernels.tileColumns + lane
      for d in 0..<depth {
        let row = Kernels.packedRow(d, depth: depth, width: width, panel: panel)
        let words = Lanes(weight.words + row + lane)
        let first = d % tapWords * perWord
        for place in 0..<min(perWord, channels - first) {
          var numbersOfPlace = self.numbers(words, at: place)
          if sumsAreIntegers { numbersOfPlace *= Lanes(scales + d / stepDepth * width) }
          let row = d / tapWords * channels + first + place
          numbersOfPlace.store(numbers + row * Kernels.tileColumns + lane)
        }
      }
    }
  }
}
