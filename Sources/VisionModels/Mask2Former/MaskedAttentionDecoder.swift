import Checkpoints
import NeuralLayers
import Tensors

/// Queries that look at the maps within the masks that they stand for, and find better masks each time.
struct MaskedAttentionDecoder: Sendable {
  /// What tells queries apart, `[Q, C]`.
  let positions: Tensor
  /// What tells maps apart, `[levels, C]`.
  let levelEmbedding: Tensor
  /// Matrices for maps of another number of channels than the queries; none where they have as many.
  let inputProjections: [Conv2D]
  let layers: [Layer]
  /// What is done with queries before masks are found.
  let norm: LayerNorm
  let predictor: MaskPredictor

  /// Looks at maps.
  ///
  /// - Parameters:
  ///   - queries: What begins, `[N, Q, C]`.
  ///   - maps: Those of three sizes, the smallest first, `[N, h, w, featureSize]`.
  ///   - maskFeatures: The map in which masks are found, `[N, h, w, maskFeatureSize]`.
  /// - Returns: The queries before the first layer and after each, `[N, Q, C]`.
  func callAsFunction(
    _ queries: Tensor, seeing maps: [Tensor], maskFeatures: Tensor
  ) -> [Tensor] {
    let sources = maps.enumerated().map { source(of: $1, level: $0) }
    // A mask of a smaller map is that of the smaller map's features: both are linear.
    let features = maps.map { maskFeatures.resize(to: $0.mapSize, .bilinear) }
    var h = queries
    var states = [norm(h)]
    for (index, layer) in layers.enumerated() {
      let level = index % maps.count
      let masks = predictor(states[index], in: features[level])
      h = layer(h, positions, sources[level], hidden: predictor.hidden(outside: masks))
      states.append(norm(h))
    }
    return states
  }

  /// What queries see of a map.
  private func source(of map: Tensor, level: Int) -> (keys: Tensor, values: Tensor) {
    let channels = positions.shape[1]
    let projected = inputProjections.isEmpty ? map : inputProjections[level](map)
    let values =
      projected.reshaped([map.shape[0], map.shape[1] * map.shape[2], channels])
      + levelEmbedding.samples(level..<level + 1).reshaped([channels])
    let places = SinePositions.tensor(of: map.mapSize, channels: channels, on: map.device)
    return (values + places, values)
  }
}

extension MaskedAttentionDecoder {
  /// A layer: attention to a map, to the other queries, and two matrices.
  struct Layer: Sendable {
    let crossAttention, selfAttention: MultiheadAttention
    let crossNorm, selfNorm, finalNorm: LayerNorm
    let expand, contract: Linear

    /// - Parameters:
    ///   - x: The queries, `[N, Q, C]`.
    ///   - positions: What tells them apart, `[Q, C]`.
    ///   - source: What they see, `[N, S, C]` each.
    ///   - hidden: What keeps them from seeing some of it, `[N, 1, S, Q]`.
    func callAsFunction(
      _ x: Tensor, _ positions: Tensor, _ source: (keys: Tensor, values: Tensor), hidden: Tensor
    ) -> Tensor {
      let seen = crossNorm(
        crossAttention(
          x + positions, keys: source.keys, values: source.values, bias: hidden, residual: x))
      let own = seen + positions
      let told = selfNorm(selfAttention(own, keys: own, values: seen, residual: seen))
      return finalNorm(contract(expand(told, as: contract.operandType), residual: told))
    }
  }
}
