package import CPUKernelInterface

// Legend: S keys, d channels of a head, B keys of a block, T = tileRows.

/// Keys and values of one head, as the left sides of the two products of attention.
struct PackedHead<F: Operands> {
  private let keyCount, headSize: Int
  /// Rows of keys, then for each block of keys rows of values.
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

  var wordCount: Int {
    keyWords + (keyCount + Kernels.keyBlock - 1) / Kernels.keyBlock * blockWords
  }

  private func values(_ start: Int) -> Int { keyWords + start / Kernels.keyBlock * blockWords }

  /// Layout: `[S, d]`, then for each block of keys `[d, B]`, both with rows of whole cache lines.
  func pack(
    _ arguments: AttentionArguments, sample: Int, head: Int,
    into packed: UnsafeMutablePointer<Word>
  ) {
    let start = sample * keyCount * arguments.channels + head * headSize
    for key in 0..<keyCount {
      F.store(
        arguments.keys + start + key * arguments.channels, count: headSize,
        into: packed + key * keyStride)
    }
    for first in stride(from: 0, to: keyCount, by: Kernels.keyBlock) {
      packValues(
        arguments.values + start + first * arguments.channels, arguments.channels,
        min(Kernels.keyBlock, keyCount - first), into: packed + values(first))
    }
  }

  /// Transposes a block of values.
  private func packValues(
    _ values: UnsafePointer<Float>, _ channels: Int, _ keys: Int,
    into packed: UnsafeMutablePointer<Word>
  ) {
    let width = Kernels.keyBlock
    withUnsafeTemporaryAllocation(of: UnsafePointer<Float>?.self, capacity: width) { rows in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: headSize * width) { columns in
        guard let rows = rows.baseAddress, let columns = columns.baseAddress else { return }
        for key in 0..<width { rows[key] = key < keys ? values + key * channels : nil }
        Kernels.interleave(rows, width: width, offset: 0, count: headSize, into: columns)
        for channel in 0..<headSize {
          F.store(
            columns + channel * width, count: keys, into: packed + channel * Self.valueStride)
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
      addProducts(
        F.self, depth: F.words(headSize), packed + (keys.lowerBound + tile) * keyStride,
        aStride: keyStride, panel.queries,
        TileSums(scores + tile * Kernels.tileColumns, accumulates: false), ahead: packed, share: 0)
    }
  }

  /// Adds the weighted values of a block of keys to the sums of a panel.
  @inline(always)
  func sum(_ panel: QueryPanel, _ keys: Range<Int>, weights: UnsafePointer<Word>) {
    let values = packed + values(keys.lowerBound)
    for channel in stride(from: 0, to: headSize, by: Kernels.tileRows) {
      addProducts(
        F.self, depth: F.words(keys.count), values + channel * Self.valueStride,
        aStride: Self.valueStride, weights,
        TileSums(panel.sums + channel * Kernels.tileColumns, accumulates: true), ahead: packed,
        share: 0)
    }
  }
}

extension Kernels {
  package static func packedHeadCount(_ arguments: AttentionArguments) -> Int {
    // No memory is touched to count words.
    let nowhere = arguments.keys
    return switch arguments.precision {
    case .single: PackedHead<SingleOperands>(arguments, nowhere).wordCount
    case .bfloat16: PackedHead<BFloat16Operands>(arguments, nowhere).wordCount
    }
  }

  package static func packHead(
    _ arguments: AttentionArguments, sample: Int, head: Int,
    into packed: UnsafeMutablePointer<Word>
  ) {
    switch arguments.precision {
    case .single:
      PackedHead<SingleOperands>(arguments, packed)
        .pack(arguments, sample: sample, head: head, into: packed)
    case .bfloat16:
      PackedHead<BFloat16Operands>(arguments, packed)
        .pack(arguments, sample: sample, head: head, into: packed)
    }
  }
}
