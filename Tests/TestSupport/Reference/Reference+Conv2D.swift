public import TensorCore

extension Reference {
  /// y[n, h, w, o] = Σ x[n, s·h + dy − top, s·w + dx − left, c] · W[o, c, dy, dx]
  ///
  /// `x` is `[N, H, W, C]` and `weight` is `[outputs, C, height, width]`.
  public static func conv2D(_ x: Tensor, _ weight: Tensor, stride: Int, padding: Int) -> Tensor {
    let (input, window) = (x.floats(), weight.floats())
    let (outputs, channels) = (weight.shape[0], x.shape[3])
    let height = (x.shape[1] + 2 * padding - weight.shape[2]) / stride + 1
    let width = (x.shape[2] + 2 * padding - weight.shape[3]) / stride + 1
    var y: [Float] = []
    for (n, h, w, o) in positions(x.shape[0], height, width, outputs) {
      var sum = 0.0
      for (dy, dx, c, _) in positions(weight.shape[2], weight.shape[3], channels, 1) {
        let (row, column) = (h * stride + dy - padding, w * stride + dx - padding)
        guard (0..<x.shape[1]).contains(row), (0..<x.shape[2]).contains(column) else { continue }
        let pixel = (n * x.shape[1] + row) * x.shape[2] + column
        let tap = ((o * channels + c) * weight.shape[2] + dy) * weight.shape[3] + dx
        sum += Double(input[pixel * channels + c]) * Double(window[tap])
      }
      y.append(Float(sum))
    }
    return Tensor(y, [x.shape[0], height, width, outputs], on: x.device)
  }

  /// All positions in an array of four axes, in row-major order.
  private static func positions(
    _ a: Int, _ b: Int, _ c: Int, _ d: Int
  ) -> some Sequence<(Int, Int, Int, Int)> {
    (0..<a * b * c * d).lazy.map { ($0 / (b * c * d), $0 / (c * d) % b, $0 / d % c, $0 % d) }
  }
}
