public import Tensors

extension Reference {
  /// (x − mean) / √(variance + ε) of every sample and group of channels, for `[N, …, C]`.
  public static func groupNorm(_ x: Tensor, groups: Int, epsilon: Double) -> Tensor {
    let values = x.floats().map(Double.init)
    let channels = x.shape[-1]
    let size = channels / groups
    var y = [Float](repeating: 0, count: values.count)
    for sample in 0..<x.shape[0] {
      let rows = values.count / x.shape[0] / channels
      for group in 0..<groups {
        let members = (0..<rows * size).map {
          (sample * rows + $0 / size) * channels + group * size + $0 % size
        }
        let mean = members.reduce(0) { $0 + values[$1] } / Double(members.count)
        let squares = members.reduce(0) { $0 + (values[$1] - mean) * (values[$1] - mean) }
        let deviation = (squares / Double(members.count) + epsilon).squareRoot()
        for i in members { y[i] = Float((values[i] - mean) / deviation) }
      }
    }
    return Tensor(y, x.shape, on: x.device)
  }

  /// (x − mean) / √(variance + ε) of every row.
  public static func layerNorm(_ x: Tensor, epsilon: Double) -> Tensor {
    groupNorm(x.reshaped([x.shape.rows, x.shape[-1]]), groups: 1, epsilon: epsilon)
      .reshaped(x.shape)
  }
}
