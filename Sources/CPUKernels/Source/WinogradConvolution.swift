package import CPUKernelInterface

// A 3×3 convolution with stride 1 and a border of one zero, by Winograd's F(4×4, 3×3).
//
// A block of tiles is transformed once; then, for each panel of outputs, 36 products
// are summed over all channels and transformed back while they are in the cache.
//
// Legend: C channels, T = tileRows tiles that one product takes at once, P = tileColumns outputs.

extension Kernels {
  package static func winogradPackedCount(outputs: Int, channels: Int) -> Int {
    Winograd.positions * packedWidth(outputs) * channels
  }

  package static func packWinograd(
    _ weight: UnsafePointer<Word>, into packed: UnsafeMutablePointer<Float>, outputs: Int,
    channels: Int, precision: OperandPrecision, panels: Range<Int>
  ) {
    switch precision {
    case .single:
      packWinograd(SingleOperands.self, weight, into: packed, outputs, channels, panels)
    case .bfloat16:
      packWinograd(BFloat16Operands.self, weight, into: packed, outputs, channels, panels)
    }
  }

  /// Layout: for each position, panels `[C, P]`.
  private static func packWinograd<F: Operands>(
    _: F.Type, _ weight: UnsafePointer<Word>, into packed: UnsafeMutablePointer<Float>,
    _ outputs: Int, _ channels: Int, _ panels: Range<Int>
  ) {
    let depth = 9 * F.words(channels)
    let width = packedWidth(outputs)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 18 * Lanes.scalarCount) { memory in
      guard let columns = memory.baseAddress else { return }
      for panel in panels {
        for channel in 0..<channels {
          for lane in stride(from: 0, to: tileColumns, by: Lanes.scalarCount) {
            @inline(always)
            func tap(_ index: Int) -> Lanes {
              let d = index * F.words(channels) + channel / F.perWord
              let row = packedRow(d, depth: depth, width: width, panel: panel)
              return F.operands(Lanes(weight + row + lane), at: channel % F.perWord)
            }
            for x in 0..<3 {
              Winograd.store(
                Winograd.kernel((tap(x), tap(3 + x), tap(6 + x))),
                columns + x * Lanes.scalarCount, stride: 3 * Lanes.scalarCount)
            }
            for y in 0..<6 {
              let row = UnsafePointer(columns + 3 * y * Lanes.scalarCount)
              let six = Winograd.kernel(
                (
                  Lanes(row), Lanes(row + Lanes.scalarCount), Lanes(row + 2 * Lanes.scalarCount)
                ))
              Winograd.store(
                six,
                packed + 6 * y * width * channels + (panel * channels + channel) * tileColumns
                  + lane, stride: width * channels)
            }
          }
        }
      }
    }
  }

  package static func winogradTileCount(_ arguments: ConvolutionArguments) -> Int {
    let side = Winograd.resultSide
    return arguments.samples * ((arguments.outHeight + side - 1) / side)
      * ((arguments.outWidth + side - 1) / side)
  }

  package static func winogradScratch(tiles: Int, channels: Int) -> Int {
    let rows = (tiles + tileRows - 1) / tileRows * tileRows
    return MemoryLayout<Float>.stride
      * (Winograd.positions * rows * (WinogradBlock.stride(channels) + tileColumns)
        + WinogradBlock.tileLanes * Lanes.scalarCount + channels)
  }

  package static func convolveWinograd(
    _ arguments: ConvolutionArguments, weight: UnsafePointer<Float>, tiles: Range<Int>,
    scratch: UnsafeMutableRawPointer
  ) {
    let groups = (tiles.count + tileRows - 1) / tileRows
    let block = WinogradBlock(
      arguments, tiles: tiles, groups: groups, memory: scratch.assumingMemoryBound(to: Float.self))
    block.zeros.update(repeating: 0, count: arguments.channels)
    for index in 0..<tiles.count { block.transformInputs(index) }
    let width = packedWidth(arguments.outputs)
    for panel in 0..<width / tileColumns {
      multiply(block, weight + panel * arguments.channels * tileColumns, width: width)
      for index in 0..<tiles.count { block.transformResult(index, panel: panel) }
    }
  }

  /// The 36 products of a block of tiles and one panel of outputs, `[36, tiles, P]`.
  private static func multiply(
    _ block: WinogradBlock, _ weight: UnsafePointer<Float>, width: Int
  ) {
    let channels = block.arguments.channels
    for position in 0..<Winograd.positions {
      let panel = weight + position * width * channels
      // The weights of the next position come nearer meanwhile.
      var ahead = panel + width * channels
      var channel = 0
      while channel < channels {
        let depth = min(stepDepth, channels - channel)
        let share = depth * tileColumns / block.groups
        for group in 0..<block.groups {
          addProducts(
            SingleOperands.self, depth: depth, block.inputs(position, group * tileRows) + channel,
            aStride: block.stride, panel + channel * tileColumns,
            TileSums(block.products(position, group * tileRows), accumulates: channel > 0),
            ahead: ahead, share: share)
          ahead += share
        }
        channel += depth
      }
    }
  }
}
