import CPUKernelInterface

/// Operands of attention.
protocol HeadOperands: Operands {
  /// Writes a query, a key or a channel of values as words, and returns its scale.
  static func storeVector(
    _ x: UnsafePointer<Float>, count: Int, into words: UnsafeMutablePointer<Word>
  ) -> Float
  /// The words of two keys' weights, 0 … 1, which integers multiply by a factor first; where a word holds one
  /// operand, `second` is left out.
  static func joinWeights(_ first: Lanes, _ second: Lanes, factor: Lanes) -> Lanes
}

extension HeadOperands where Self: FloatOperands {
  @inline(always)
  static func storeVector(
    _ x: UnsafePointer<Float>, count: Int, into words: UnsafeMutablePointer<Word>
  ) -> Float {
    store(x, count: count, into: words)
    return 1
  }

  @inline(always)
  static func joinWeights(_ first: Lanes, _ second: Lanes, factor: Lanes) -> Lanes {
    join(first, second)
  }
}

extension SingleOperands: HeadOperands {}
extension BFloat16Operands: HeadOperands {}

extension Int16Operands: HeadOperands {
  @inline(always)
  static func storeVector(
    _ x: UnsafePointer<Float>, count: Int, into words: UnsafeMutablePointer<Word>
  ) -> Float {
    var extent = VectorExtent()
    forEachLanes(count) { i, lanes in extent.include(Kernels.load(x + i, lanes)) }
    let code = IntegerCode(factor: extent.factor)
    store(x, count: count, into: words, code)
    return code.scale
  }

  @inline(always)
  static func joinWeights(_ first: Lanes, _ second: Lanes, factor: Lanes) -> Lanes {
    join(first, second, factor: factor)
  }
}
