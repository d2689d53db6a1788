import Foundation
public import Tensors

extension Reference {
  /// softmax(q·kᵀ / √d + bias) · v of every head, row by row.
  public static func attention(
    _ queries: Tensor, _ keys: Tensor, _ values: Tensor, heads: Int, causal: Bool,
    bias: Tensor? = nil
  ) -> Tensor {
    let (q, k, v) = (queries.floats(), keys.floats(), values.floats())
    let (count, channels) = (keys.shape[1], keys.shape[2])
    let added = bias?.floats()
    let size = channels / heads
    var y = [Float](repeating: 0, count: q.count)
    for row in 0..<queries.shape.rows {
      let (sample, position) = (row / queries.shape[1], row % queries.shape[1])
      for head in 0..<heads {
        let query = row * channels + head * size
        let first = sample * count * channels + head * size
        let seen = causal ? position + 1 : count
        let scores = (0..<seen).map { key in
          var own = 0.0
          if let bias, let added {
            let matrix = sample % bias.shape[0] * bias.shape[1] + head % bias.shape[1]
            own = Double(added[(matrix * count + key) * queries.shape[1] + position])
          }
          return (0..<size).reduce(0.0) {
            $0 + Double(q[query + $1]) * Double(k[first + key * channels + $1])
          } / Double(size).squareRoot() + own
        }
        let peak = scores.max() ?? 0
        let weights = scores.map { exp($0 - peak) }
        let total = weights.reduce(0, +)
        for c in 0..<size {
          let sum = (0..<seen).reduce(0.0) {
            $0 + weights[$1] * Double(v[first + $1 * channels + c])
          }
          y[query + c] = Float(sum / total)
        }
      }
    }
    return Tensor(y, queries.shape, on: queries.device)
  }
}
