public import Tensors

extension CPUBackend {
  /// Changes the storage type between the kinds of floating point, or from integers to `float32`.
  public func cast(_ x: Tensor, into y: Tensor) {
    let (source, target) = (x.bytePointer, y.bytePointer)
    let (from, to) = (x.dtype, y.dtype)
    threads.forEachRange(x.shape.count, grain: Self.grain) { range in
      switch (from, to) {
      case (.float16, .float32): Self.convert(source, target, range) { (v: Float16) in Float(v) }
      case (.float32, .float16): Self.convert(source, target, range) { (v: Float) in Float16(v) }
      case (.bfloat16, .float32): Self.convert(source, target, range, Self.widened)
      case (.float32, .bfloat16): Self.convert(source, target, range, Self.narrowed)
      case (.float16, .bfloat16):
        Self.convert(source, target, range) { (v: Float16) in Self.narrowed(Float(v)) }
      case (.bfloat16, .float16):
        Self.convert(source, target, range) { v in Float16(Self.widened(v)) }
      case (.int32, .float32): Self.convert(source, target, range) { (v: Int32) in Float(v) }
      default: preconditionFailure("cast: \(from) does not become \(to)")
      }
    }
  }

  @inline(__always)
  private static func convert<From, To>(
    _ source: UnsafeMutableRawPointer, _ target: UnsafeMutableRawPointer, _ range: Range<Int>,
    _ body: (From) -> To
  ) {
    let from = source.assumingMemoryBound(to: From.self)
    let to = target.assumingMemoryBound(to: To.self)
    for i in range { to[i] = body(from[i]) }
  }

  /// A bfloat16 is the upper half of a float.
  private static func widened(_ bits: UInt16) -> Float { Float(bitPattern: UInt32(bits) << 16) }

  /// Rounds to the nearest bfloat16, ties to even; a NaN stays one.
  private static func narrowed(_ value: Float) -> UInt16 {
    let bits = value.bitPattern
    if value.isNaN { return UInt16(bits >> 16) | 0x40 }
    return UInt16((bits + 0x7fff + (bits >> 16 & 1)) >> 16)
  }
}
