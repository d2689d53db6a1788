package import CPUKernelInterface

// A 3×3 convolution with stride 1 and a border of one zero, by Winograd's F(4×4, 3×3).
//
// A block of tiles is transformed once; then, for each panel of outputs, 36 products
// are summed over all channels and transformed back while they are in the cache.
//
// Legend: C channels, T = tileRows tiles that one product takes at once, P = tileColumns outputs.

extension Kernels {
  package static func winogradTileCount(_ arguments: ConvolutionArguments) -> Int {
    let side = Winograd.resultSide
    return arguments.samples * ((arguments.outHeight + side - 1) / side)
      * ((arguments.outWidth + side - 1) / side)
  }

  package static func winogradScratch(
    tiles: Int, channels: Int, operands: WinogradOperands
  ) -> Int {
    let groups = (tiles + tileRows - 1) / tileRows
    return MemoryLayout<Float>.stride
      * {
        switch operands {
        case .single: WinogradBlock<SingleOperands>.size(groups: groups, channels: channels)
        case .fixedPoint: WinogradBlock<Int16Operands>.size(groups: groups, channels: channels)
        }
      }()
  }

  package static func convolveWinograd(
    _ arguments: ConvolutionArguments, weight: UnsafePointer<Word>, operands: WinogradOperands,
    tiles: Range<Int>, scratch: UnsafeMutableRawPointer
  ) {
    switch operands {
    case .single: convolveWinograd(SingleOperands.self, arguments, weight, tiles, scratch)
    case .fixedPoint: convolveWinograd(Int16Operands.self, arguments, weight, tiles, scratch)
    }
  }

  private static func convolveWinograd<F: Operands>(
    _: F.Type, _ arguments: ConvolutionArguments, _ weight: UnsafePointer<Word>,
    _ tiles: Range<Int>, _ scratch: UnsafeMutableRawPointer
  ) {
    let block = WinogradBlock<F>(
      arguments, tiles: tiles, memory: scratch.assumingMemoryBound(to: Float.self))
    for index in 0..<tiles.count { block.transformInputs(index) }
    for panel in 0..<packedWidth(arguments.outputs) / tileColumns {
      multiply(block, weight, panel)
      for index in 0..<tiles.count { block.transformResult(index, panel: panel) }
    }
  }

  /// The 36 products of a block of tiles and one panel of outputs, `[36, tiles, P]`.
  private static func multiply<F: Operands>(
    _ block: WinogradBlock<F>, _ weight: UnsafePointer<Word>, _ panel: Int
  ) {
    let layout = WinogradLayout<F>(
      outputs: block.arguments.outputs, channels: block.arguments.channels)
    let words = F.words(block.arguments.channels)
    for position in 0..<Winograd.positions {
      let start = weight + layout.panel(panel, position)
      // The weights of the next position come nearer meanwhile.
      var ahead = weight + layout.panel(panel, position + 1)
      for (step, word) in stride(from: 0, to: words, by: F.stepDepth).enumerated() {
        let depth = min(F.stepDepth, words - word)
        let share = depth * tileColumns / block.groups
        let scales = weight + layout.scales(panel, position, step: step)
        for group in 0..<block.groups {
          var sums = TileSums(block.products(position, group * tileRows), accumulates: step > 0)
          sums.scale = block.scale(position, step, group, columns: scales)
          addProducts(
            F.self, depth: depth, block.inputs(position, group * tileRows) + word,
            aStride: block.stride, start + word * tileColumns, sums, ahead: ahead, share: share)
          ahead += share
        }
      }
    }
  }
}
