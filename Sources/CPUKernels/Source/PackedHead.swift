package import CPUKernelInterface

// Legend: S keys, d channels of a head, B keys of a block, T = tileRows.

/// Keys and values of one head, as the left sides of the two products of attention.
struct PackedHead<F: HeadOperands> {
  private let keyCount, headSize: Int
  /// Rows of keys, then for each block of keys rows of values; then, where these are integers, their scales.
  private let packed: UnsafePointer<Word>

  @inline(always)
  init(_ arguments: AttentionArguments, _ packed: UnsafePointer<Word>) {
    (keyCount, headSize) = (arguments.keyCount, arguments.headSize)
    self.packed = packed
  }

  private var keyStride: Int { Kernels.paddedRow(F.words(headSize)) }
  /// Words between two channels of a block of values.
  private static var valueStride: Int { Kernels.paddedRow(F.words(Kernels.keyBlock)) }
  private var keyWords: Int { Kernels.wholeTiles(keyCount) * keyStride }
  private var blockWords: Int { Kernels.wholeTiles(headSize) * Self.valueStride }

  private var blocks: Int { (keyCount + Kernels.keyBlock - 1) / Kernels.keyBlock }

  var wordCount: Int {
    keyScales
      + (F.sumsAreIntegers
        ? Kernels.wholeTiles(keyCount) + blocks * Kernels.wholeTiles(headSize) : 0)
  }

  private func values(_ start: Int) -> Int { keyWords + start / Kernels.keyBlock * blockWords }

  private var keyScales: Int { keyWords + blocks * blockWords }

  private func valueScales(_ start: Int) -> Int {
    keyScales + Kernels.wholeTiles(keyCount)
      + start / Kernels.keyBlock * Kernels.wholeTiles(headSize)
  }

  /// Layout: `[S, d]`, then for each block of keys `[d, B]`, both with rows of whole cache lines.
  func pack(
    _ arguments: AttentionArguments, sample: Int, head: Int,
    into packed: UnsafeMutablePointer<Word>
  ) {
    let start = sample * keyCount * arguments.channels + head * headSize
    for key in 0..<keyCount {
      let scale = F.storeVector(
        arguments.keys + start + key * arguments.channels, count: headSize,
        into: packed + key * keyStride)
      if F.sumsAreIntegers { packed[keyScales + key] = scale }
    }
    for first in stride(from: 0, to: keyCount, by: Kernels.keyBlock) {
      packValues(
        arguments.values + start + first * arguments.channels, arguments.channels,
        min(Kernels.keyBlock, keyCount - first), into: packed + values(first),
        scales: packed + valueScales(first))
    }
  }

  /// Transposes a block of values.
  private func packValues(
    _ values: UnsafePointer<Float>, _ channels: Int, _ keys: Int,
    into packed: UnsafeMutablePointer<Word>, scales: UnsafeMutablePointer<Float>
  ) {
    let width = Kernels.keyBlock
    withUnsafeTemporaryAllocation(of: UnsafePointer<Float>?.self, capacity: width) { rows in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: headSize * width) { columns in
        guard let rows = rows.baseAddress, let columns = columns.baseAddress else { return }
        for key in 0..<width { rows[key] = key < keys ? values + key * channels : nil }
        Kernels.interleave(rows, width: width, offset: 0, count: headSize, into: columns)
        for channel in 0..<headSize {
          let scale = F.storeVector(
            columns + channel * width, count: keys, into: packed + channel * Self.valueStride)
          if F.sumsAreIntegers { scales[channel] = scale }
        }
      }
    }
  }

  /// Scores of a block of keys and all queries of a panel, `[keys, Q]`.
  @inline(always)
  func score(
    _ panel: QueryPanel, _ keys: Range<Int>, into scores: UnsafeMutablePointer<Float>
  ) {
    for tile in stride(from: 0, to: keys.count, by: Kernels.tileRows) {
      let key = keys.lowerBound + tile
      var sums = TileSums(scores + tile * Kernels.tileColumns, accumulates: false)
      sums.scale = scale(rows: keyScales + key, columns: panel.scales)
      addProducts(
        F.self, depth: F.words(headSize), packed + key * keyStride, aStride: keyStride,
        panel.queries, sums, ahead: packed, share: 0)
    }
  }

  /// Adds the weighted values of a block of keys to the sums of a panel.
  @inline(always)
  func sum(_ panel: QueryPanel, _ keys: Range<Int>, weights: UnsafePointer<Word>) {
    let values = packed + values(keys.lowerBound)
    for channel in stride(from: 0, to: headSize, by: Kernels.tileRows) {
      var sums = TileSums(panel.sums + channel * Kernels.tileColumns, accumulates: true)
      sums.scale = scale(
        rows: valueScales(keys.lowerBound) + channel, columns: panel.weightScales)
      addProducts(
        F.self, depth: F.words(keys.count), values + channel * Self.valueStride,
        aStride: Self.valueStride, weights, sums, ahead: packed, share: 0)
    }
  }

  @inline(always)
  private func scale(rows: Int, columns: UnsafeMutablePointer<Float>) -> TileScale? {
    guard F.sumsAreIntegers else { return nil }
    return TileScale(rows: packed + rows, columns: UnsafePointer(columns))
  }
}

extension Kernels {
  package static func packedHeadCount(_ arguments: AttentionArguments) -> Int {
    // No memory is touched to count words.
    let nowhere = arguments.keys
    return switch arguments.operands {
    case .floats(.single): PackedHead<SingleOperands>(arguments, nowhere).wordCount
    case .floats(.bfloat16): PackedHead<BFloat16Operands>(arguments, nowhere).wordCount
    case .fixedPoint: PackedHead<Int16Operands>(arguments, nowhere).wordCount
    }
  }

  package static func packHead(
    _ arguments: AttentionArguments, sample: Int, head: Int,
    into packed: UnsafeMutablePointer<Word>
  ) {
    @inline(always)
    func pack<F: HeadOperands>(_: F.Type) {
      PackedHead<F>(arguments, packed).pack(arguments, sample: sample, head: head, into: packed)
    }
    switch arguments.operands {
    case .floats(.single): pack(SingleOperands.self)
    case .floats(.bfloat16): pack(BFloat16Operands.self)
    case .fixedPoint: pack(Int16Operands.self)
    }
  }
}
