import CPUKernelInterface
import Tensors

extension CPUBackend {
  /// Elements that are worth a thread's attention.
  static var grain: Int { 1 << 15 }

  /// Calls `body` with some consecutive elements of two tensors of one shape at a time.
  func forEachElement(
    of x: Tensor, into y: Tensor,
    _ body:
      @escaping (
        _ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>, _ count: Int
      ) -> Void
  ) {
    let (source, target) = (x.floatPointer, y.floatPointer)
    threads.forEachRange(x.shape.count, grain: Self.grain) { range in
      body(source + range.lowerBound, target + range.lowerBound, range.count)
    }
  }

  /// Calls `body` with the place of every row of pixels of a feature map.
  func forEachRow(
    of y: Tensor,
    _ body: @escaping (_ sample: Int, _ row: Int, _ target: UnsafeMutablePointer<Float>) -> Void
  ) {
    let (height, width) = (y.shape[1], y.shape[2] * y.shape[3])
    let target = y.floatPointer
    threads.forEachRange(y.shape[0] * height, grain: 1 + Self.grain / max(width, 1)) { rows in
      for row in rows { body(row / height, row % height, target + row * width) }
    }
  }
}
