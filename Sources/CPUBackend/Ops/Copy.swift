public import Tensors

extension CPUBackend {
  /// Copies a rectangle of elements.
  public func copy(_ x: Tensor, into y: Tensor, _ rectangle: CopyRectangle) {
    let size = x.dtype.byteCount
    let (source, target) = (x.bytePointer, y.bytePointer)
    let bytes = rectangle.width * size
    threads.forEachRange(rectangle.rows, grain: 1 + Self.grain / max(rectangle.width, 1)) { rows in
      for row in rows {
        (target + (rectangle.destination.start + row * rectangle.destination.stride) * size)
          .copyMemory(
            from: source + (rectangle.source.start + row * rectangle.source.stride) * size,
            byteCount: bytes)
      }
    }
  }
}
