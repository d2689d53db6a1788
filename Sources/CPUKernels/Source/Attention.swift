package import CPUKernelInterface

// Attention without the matrix of scores (Dao et al., "FlashAttention", arXiv 2205.14135): keys come
// in blocks; a running maximum and sum of each query rescale what was summed before.
//
// Scores are kept transposed, a row of queries for each key: the softmax of a query then runs down a
// lane of the registers, and weights stand as the next product wants them.
//
// Legend: S keys, d channels of a head, T = tileRows, Q = tileColumns queries of a panel.

extension Kernels {
  package static var queryBlock: Int { 3 * tileColumns }
  /// Keys whose scores and values stay in the second-level cache; a multiple of every tile.
  static var keyBlock: Int { 240 }

  package static func attendScratch(headSize: Int) -> Int {
    MemoryLayout<Float>.stride
      * (3 * QueryPanel.size(headSize: headSize) + keyBlock * tileColumns)
  }

  package static func attend(
    _ arguments: AttentionArguments, sample: Int, head: Int, queries: Range<Int>,
    packed: UnsafePointer<Word>, scratch: UnsafeMutableRawPointer
  ) {
    switch arguments.operands {
    case .floats(.single):
      attend(SingleOperands.self, arguments, sample, head, queries, packed, scratch)
    case .floats(.bfloat16):
      attend(BFloat16Operands.self, arguments, sample, head, queries, packed, scratch)
    case .fixedPoint:
      attend(Int16Operands.self, arguments, sample, head, queries, packed, scratch)
    }
  }

  private static func attend<F: HeadOperands>(
    _: F.Type, _ arguments: AttentionArguments, _ sample: Int, _ head: Int, _ queries: Range<Int>,
    _ packed: UnsafePointer<Word>, _ scratch: UnsafeMutableRawPointer
  ) {
    let keys = PackedHead<F>(arguments, packed)
    let scores = scratch.assumingMemoryBound(to: Float.self)
    let panels = stride(from: queries.lowerBound, to: queries.upperBound, by: tileColumns)
    @inline(always)
    func panel(_ first: Int) -> QueryPanel {
      QueryPanel(
        scores + keyBlock * tileColumns, number: (first - queries.lowerBound) / tileColumns,
        headSize: arguments.headSize, first..<min(first + tileColumns, queries.upperBound))
    }
    for first in panels { panel(first).start(F.self, arguments, sample, head) }
    for start in stride(from: 0, to: arguments.keyCount, by: keyBlock) {
      let block = start..<min(start + keyBlock, arguments.keyCount)
      for first in panels where !arguments.causal || start < first + tileColumns {
        let panel = panel(first)
        keys.score(panel, block, into: scores)
        if let bias = arguments.bias {
          add(bias, to: scores, arguments, sample, head, block, panel.range)
        }
        if arguments.causal { hideLaterKeys(scores, block, firstQuery: first) }
        panel.soften(F.self, scores, block.count, scale: arguments.scale)
        keys.sum(panel, block, weights: scores)
      }
    }
    for first in panels { panel(first).finish(arguments, sample, head) }
  }

  /// Adds a bias to scores of some keys and queries, which are not scaled yet.
  private static func add(
    _ bias: ScoreBias, to scores: UnsafeMutablePointer<Float>, _ arguments: AttentionArguments,
    _ sample: Int, _ head: Int, _ keys: Range<Int>, _ queries: Range<Int>
  ) {
    let matrix = sample % bias.samples * bias.heads + (bias.heads == 1 ? 0 : head)
    let first = bias.numbers + matrix * arguments.keyCount * arguments.queryCount
    let scale = Lanes(repeating: 1 / arguments.scale)
    for (row, key) in keys.enumerated() {
      let source = first + key * arguments.queryCount + queries.lowerBound
      let target = scores + row * tileColumns
      forEachLanes(queries.count) { column, lanes in
        let sum = load(UnsafePointer(target + column), lanes)
          .adding(load(source + column, lanes), times: scale)
        store(sum, target + column, lanes)
      }
    }
  }

  /// Takes keys behind a query out of its sight.
  private static func hideLaterKeys(
    _ scores: UnsafeMutablePointer<Float>, _ keys: Range<Int>, firstQuery: Int
  ) {
    for key in keys where key > firstQuery {
      (scores + (key - keys.lowerBound) * tileColumns)
        .update(repeating: -.infinity, count: min(key - firstQuery, tileColumns))
    }
  }
}
