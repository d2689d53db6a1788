public import Tensors

extension Reference {
  /// y[n, h, w, o] = Σ x[n, s·h + d·dy − top, s·w + d·dx − left, g·C/groups + c] · W[o, c, dy, dx],
  /// g being the output's group
  ///
  /// `x` is `[N, H, W, C]` and `weight` is `[outputs, C / groups, height, width]`.
  public static func conv2D(
    _ x: Tensor, _ weight: Tensor, stride: Int = 1, dilation: Int = 1, groups: Int = 1, padding: Int
  ) -> Tensor {
    let (input, window) = (x.floats(), weight.floats())
    let (outputs, channels) = (weight.shape[0], weight.shape[1])
    let height = (x.shape[1] + 2 * padding - dilation * (weight.shape[2] - 1) - 1) / stride + 1
    let width = (x.shape[2] + 2 * padding - dilation * (weight.shape[3] - 1) - 1) / stride + 1
    var y: [Float] = []
    for (n, h, w, o) in positions(x.shape[0], height, width, outputs) {
      var sum = 0.0
      for (dy, dx, c, _) in positions(weight.shape[2], weight.shape[3], channels, 1) {
        let row = h * stride + dilation * dy - padding
        let column = w * stride + dilation * dx - padding
        guard (0..<x.shape[1]).contains(row), (0..<x.shape[2]).contains(column) else { continue }
        let pixel = (n * x.shape[1] + row) * x.shape[2] + column
        let tap = ((o * channels + c) * weight.shape[2] + dy) * weight.shape[3] + dx
        let channel = o / (outputs / groups) * channels + c
        sum += Double(input[pixel * x.shape[3] + channel]) * Double(window[tap])
      }
      y.append(Float(sum))
    }
    return Tensor(y, [x.shape[0], height, width, outputs], on: x.device)
  }

  /// All positions in an array of four axes, in row-major order.
  static func positions(
    _ a: Int, _ b: Int, _ c: Int, _ d: Int
  ) -> some Sequence<(Int, Int, Int, Int)> {
    (0..<a * b * c * d).lazy.map { ($0 / (b * c * d), $0 / (c * d) % b, $0 / d % c, $0 % d) }
  }
}
