import Checkpoints
import NeuralLayers
import Tensors

/// Finds the mask of each query in a map, and what a query shall not see because it lies outside its mask.
struct MaskPredictor: Sendable {
  let layers: [Linear]

  /// Reads three matrices.
  ///
  /// - Parameters:
  ///   - layers: Where each of them is.
  ///   - channels: Channels of the queries.
  ///   - maskChannels: Channels of the map.
  init(_ layers: [Parameters], channels: Int, maskChannels: Int) throws {
    self.layers = try layers.enumerated().map { index, p in
      let isLast = index == layers.count - 1
      return try Linear(
        p, from: channels, to: isLast ? maskChannels : channels,
        activation: isLast ? .identity : .relu)
    }
  }

  /// Scores of each pixel: above 0 it belongs to a query's mask.
  ///
  /// - Parameters:
  ///   - states: The queries, `[N, Q, C]`.
  ///   - map: `[N, h, w, maskChannels]`.
  /// - Returns: `[N, h, w, Q]`.
  func callAsFunction(_ states: Tensor, in map: Tensor) -> Tensor {
    let embeddings = layers.reduce(states) { $1($0) }
    return .stack(
      samples: (0..<map.shape[0]).map { sample in
        let own = embeddings.samples(sample..<sample + 1)
        return map.samples(sample..<sample + 1)
          .matmul(PackedWeight(matrix: own.reshaped([own.shape[1], own.shape[2]])))
      })
  }

  /// What keeps queries from seeing pixels outside their masks; one whose mask is empty sees them all.
  ///
  /// - Parameter scores: `[N, h, w, Q]`.
  /// - Returns: Numbers for attention's scores, `[N, 1, h·w, Q]`.
  func hidden(outside scores: Tensor) -> Tensor {
    let outside = (Self.much * scores).clamped(to: -Self.much...0)
    let highest = scores.pool(.max, window: scores.mapSize, stride: 1)
    let one = Tensor(repeating: 1, [scores.shape[3]], on: scores.device)
    let isSeen = (Self.much * highest).clamped(to: -1...0) + one
    return (outside * isSeen)
      .reshaped([scores.shape[0], 1, scores.shape[1] * scores.shape[2], scores.shape[3]])
  }

  /// So much that a score below it has no share, and that the least number below 0 becomes it.
  private static let much: Float = 1e30
}
