/// What a deformable attention looks at.
public struct DeformableOptions: Sendable {
  /// Most maps that backends can tell apart.
  package static let mostLevels = 4

  /// Number of heads; divides the channels.
  public let heads: Int
  /// The sizes of the maps, which stand one after another.
  public let levels: [MapSize]
  /// Places of each map that a head of a query looks at.
  public let points: Int

  /// Collects the options.
  public init(heads: Int, levels: [MapSize], points: Int) {
    (self.heads, self.levels, self.points) = (heads, levels, points)
  }

  /// Pixels of all maps.
  public var pixels: Int { levels.reduce(0) { $0 + $1.height * $1.width } }
  /// Places that a query looks at.
  public var samples: Int { heads * levels.count * points }
}

/// Where a deformable attention looks, and how much what is there counts.
public struct DeformableSamples: Sendable {
  /// Where each query is, as shares of a map's width and height, `[L, 2]`.
  public let places: Tensor
  /// How far from there each place is that it looks at, in pixels of the map, to the right and down,
  /// `[N, L, heads · levels · points · 2]`.
  public let offsets: Tensor
  /// How much each of them counts, `[N, L, heads · levels · points]`.
  public let weights: Tensor
}

extension Tensor {
  /// Attention to a few places of several maps, the receiver being the maps' values.
  ///
  ///     y = Σ weight · value(place + offset)     for each head, over its points of all maps
  ///
  /// Values between pixels are bilinear; beyond a map they are zero. The centre of a map's first pixel is at
  /// half a pixel.
  ///
  /// - Parameters:
  ///   - places: Where the queries are, as shares of a map's width and height, `[L, 2]`.
  ///   - offsets: How far from there they look, in pixels of each map, to the right and down,
  ///     `[N, L, heads · levels · points · 2]`.
  ///   - weights: How much each place counts, `[N, L, heads · levels · points]`.
  ///   - options: The maps' sizes, which fill the receiver, `[N, S, C]`; at most 4 of them.
  /// - Returns: `[N, L, C]`.
  /// - Complexity: Four products for each point and channel of a head. No map of samples is written.
  ///
  /// Source: Zhu et al., "Deformable DETR", ICLR 2021, arXiv 2010.04159.
  public func deformableAttention(
    places: Tensor, offsets: Tensor, weights: Tensor, _ options: DeformableOptions
  ) -> Tensor {
    precondition(
      shape.rank == 3 && shape[1] == options.pixels && options.heads > 0
        && shape[2] % options.heads == 0,
      "deformableAttention: values \(shape) are not those of \(options)")
    precondition(
      options.levels.count <= DeformableOptions.mostLevels,
      "deformableAttention: \(options.levels.count) maps are more than \(DeformableOptions.mostLevels)"
    )
    precondition(
      places.shape.rank == 2 && places.shape[1] == 2
        && weights.shape == [shape[0], places.shape[0], options.samples]
        && offsets.shape == weights.shape.with(last: 2 * options.samples),
      "deformableAttention: places \(places.shape), offsets \(offsets.shape) and weights \(weights.shape) do not fit "
        + "values \(shape) of \(options)")
    let y = Tensor([shape[0], places.shape[0], shape[2]], on: device)
    device.backend.deformableAttention(
      self, DeformableSamples(places: places, offsets: offsets, weights: weights), into: y, options)
    return y
  }
}
