public import Tensors

extension Reference {
  /// y[r, o] = Σ x[r, c] · W[o, c], over rows of `[…, C]` and a `[outputs, C]` weight.
  public static func matmul(_ x: Tensor, _ weight: Tensor) -> Tensor {
    let (input, matrix) = (x.floats(), weight.floats())
    let (channels, outputs) = (weight.shape[1], weight.shape[0])
    var y: [Float] = []
    for row in 0..<x.shape.rows {
      for output in 0..<outputs {
        var sum = 0.0
        for c in 0..<channels {
          sum += Double(input[row * channels + c]) * Double(matrix[output * channels + c])
        }
        y.append(Float(sum))
      }
    }
    return Tensor(y, x.shape.with(last: outputs), on: x.device)
  }
}
