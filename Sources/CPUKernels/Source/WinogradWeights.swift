package import CPUKernelInterface

// Legend: C channels, W words of C operands, P = tileColumns outputs of a panel, S steps of a sum.

extension Kernels {
  package static func winogradPackedCount(
    outputs: Int, channels: Int, operands: WinogradOperands
  ) -> Int {
    switch operands {
    case .single: WinogradLayout<SingleOperands>(outputs: outputs, channels: channels).count
    case .fixedPoint: WinogradLayout<Int16Operands>(outputs: outputs, channels: channels).count
    }
  }

  package static func packWinograd(
    _ weight: WeightPanels, into packed: UnsafeMutablePointer<Word>, as operands: WinogradOperands,
    panels: Range<Int>
  ) {
    let (outputs, channels) = (weight.outputs, weight.channels)
    switch operands {
    case .single:
      let layout = WinogradLayout<SingleOperands>(outputs: outputs, channels: channels)
      weight.forEach(panels) {
        WinogradKernels($1, channels)
          .transform(into: packed + layout.panel($0, 0), step: layout.panel(0, 1))
      }
    case .fixedPoint:
      let layout = WinogradLayout<Int16Operands>(outputs: outputs, channels: channels)
      let size = channels * tileColumns
      withUnsafeTemporaryAllocation(of: Float.self, capacity: Winograd.positions * size) {
        guard let transforms = $0.baseAddress else { return }
        weight.forEach(panels) { panel, numbers in
          WinogradKernels(numbers, channels).transform(into: transforms, step: size)
          for position in 0..<Winograd.positions {
            layout.fix(panel, position, transforms + position * size, channels, into: packed)
          }
        }
      }
    }
  }
}

/// Where a weight in Winograd's form has what: for each position, panels `[W, P]`; behind all, where operands
/// are integers, their scales, `[36, S, outputs]`.
struct WinogradLayout<F: Operands> {
  private let width, words: Int

  @inline(always)
  init(outputs: Int, channels: Int) {
    (width, words) = (Kernels.packedWidth(outputs), F.words(channels))
  }

  private var steps: Int { F.steps(words: words) }

  var count: Int {
    Winograd.positions * width * (words + (F.sumsAreIntegers ? steps : 0))
  }

  @inline(always)
  func panel(_ panel: Int, _ position: Int) -> Int {
    (position * width + panel * Kernels.tileColumns) * words
  }

  @inline(always)
  func scales(_ panel: Int, _ position: Int, step: Int) -> Int {
    Winograd.positions * width * words + (position * steps + step) * width
      + panel * Kernels.tileColumns
  }
}

/// The 3×3 kernels of a panel, `[9, C, P]`, and their transforms G g Gᵀ.
private struct WinogradKernels {
  private let numbers: UnsafePointer<Float>
  private let channels: Int

  init(_ numbers: UnsafePointer<Float>, _ channels: Int) {
    (self.numbers, self.channels) = (numbers, channels)
  }

  /// Writes `[C, P]` for each position, `step` floats apart.
  func transform(into target: UnsafeMutablePointer<Float>, step: Int) {
    let lanes = Lanes.scalarCount
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 18 * lanes) { memory in
      guard let columns = memory.baseAddress else { return }
      for channel in 0..<channels {
        for lane in stride(from: 0, to: Kernels.tileColumns, by: lanes) {
          for x in 0..<3 {
            let taps = (tap(x, channel, lane), tap(3 + x, channel, lane), tap(6 + x, channel, lane))
            Winograd.store(Winograd.kernel(taps), columns + x * lanes, stride: 3 * lanes)
          }
          for y in 0..<6 {
            let row = UnsafePointer(columns + 3 * y * lanes)
            Winograd.store(
              Winograd.kernel((Lanes(row), Lanes(row + lanes), Lanes(row + 2 * lanes))),
              target + 6 * y * step + channel * Kernels.tileColumns + lane, stride: step)
          }
        }
      }
    }
  }

  @inline(always)
  private func tap(_ index: Int, _ channel: Int, _ lane: Int) -> Lanes {
    Lanes(numbers + (index * channels + channel) * Kernels.tileColumns + lane)
  }
}

extension WinogradLayout<Int16Operands> {
  /// Writes one position of a panel as integers, and their scales.
  fileprivate func fix(
    _ panel: Int, _ position: Int, _ transforms: UnsafePointer<Float>, _ channels: Int,
    into packed: UnsafeMutablePointer<Word>
  ) {
    let words = packed + self.panel(panel, position)
    for (step, first) in stride(from: 0, to: channels, by: Int16Operands.stepLength).enumerated() {
      let range = first..<min(first + Int16Operands.stepLength, channels)
      for lane in stride(from: 0, to: Kernels.tileColumns, by: Lanes.scalarCount) {
        @inline(always)
        func number(_ channel: Int) -> Lanes {
          Lanes(transforms + channel * Kernels.tileColumns + lane)
        }
        var extent = VectorExtent()
        for channel in range { extent.include(number(channel)) }
        let factor = Int16Operands.weightFactor(extent)
        (Lanes(repeating: 1) / factor)
          .store(packed + scales(panel, position, step: step) + lane)
        for channel in stride(from: first, to: range.upperBound, by: 2) {
          Int16Operands.join(number(channel), number(channel + 1), factor: factor)
            .store(words + channel / 2 * Kernels.tileColumns + lane)
        }
      }
    }
  }
}
