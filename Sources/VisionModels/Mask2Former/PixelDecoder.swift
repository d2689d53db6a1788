import Checkpoints
import NeuralLayers
import Tensors

/// Joins a backbone's maps: the three smaller ones by attention to a few places of all of them, the largest one by a kernel.
///
/// Source: Cheng et al., "Masked-attention Mask Transformer for Universal Image Segmentation", CVPR 2022, arXiv
/// 2112.01527, in the names of transformers' files.
struct PixelDecoder: Sendable {
  /// Groups of the norms.
  static let groups = 32
  /// Maps that are joined by attention.
  static let levels = 3

  /// How it is built.
  struct Options {
    /// Channels of the backbone's maps, the largest map first.
    let inputs: [Int]
    /// Channels in which they are joined, and of the result in which masks are found.
    let channels, maskChannels: Int
    /// Channels between the two matrices of a layer.
    let wide: Int
    let layers, heads: Int
  }

  let projections: [(convolution: Conv2D, norm: GroupNorm)]
  let levelEmbedding: Tensor
  let layers: [DeformableLayer]
  let lateral, output: (convolution: Conv2D, norm: GroupNorm)
  let maskProjection: Conv2D
  let channels: Int

  /// Reads `input_projections`, `level_embed`, `encoder.layers`, `adapter_1`, `layer_1` and `mask_projection`.
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  init(_ p: Parameters, _ options: Options) throws {
    let channels = options.channels
    self.channels = channels
    func block(
      _ p: Parameters, from inputs: Int, kernel: Int, bias: Bool,
      activation: Activation = .identity
    ) throws -> (Conv2D, GroupNorm) {
      (
        try Conv2D(p[0], from: inputs, to: channels, kernel: kernel, bias: bias),
        try GroupNorm(
          p[1], channels: channels, groups: Self.groups, epsilon: 1e-5, activation: activation)
      )
    }
    projections = try options.inputs.suffix(Self.levels).reversed().enumerated().map {
      try block(p.input_projections[$0], from: $1, kernel: 1, bias: true)
    }
    levelEmbedding = try p.tensor("level_embed", [Self.levels, channels])
    layers = try (0..<options.layers).map {
      try DeformableLayer(p.encoder.layers[$0], options, levels: Self.levels)
    }
    lateral = try block(p.adapter_1, from: options.inputs[0], kernel: 1, bias: false)
    output = try block(p.layer_1, from: channels, kernel: 3, bias: false, activation: .relu)
    maskProjection = try Conv2D(
      p.mask_projection, from: channels, to: options.maskChannels, kernel: 1)
  }

  /// Joins maps.
  ///
  /// - Parameter maps: A backbone's, the largest first, `[N, h, w, C]`.
  /// - Returns: The joined maps of the three smaller sizes, the smallest first, and that in which masks are found, of the
  ///   largest size.
  func callAsFunction(_ maps: [Tensor]) -> (maps: [Tensor], maskFeatures: Tensor) {
    let inputs = zip(projections, maps.reversed()).map { $0.norm($0.convolution($1)) }
    let sizes = inputs.map(\.mapSize)
    let device = maps[0].device
    let positions = zip(sizes, 0..<Self.levels).map { size, level in
      SinePositions.tensor(of: size, channels: channels, on: device)
        + levelEmbedding.samples(level..<level + 1).reshaped([channels])
    }
    let scene = DeformableLayer.Scene(
      sizes: sizes, positions: .concatenate(tokens: positions), on: device)
    let tokens = layers.reduce(Tensor.concatenate(tokens: inputs.map(Self.tokens))) {
      $1($0, scene)
    }
    let joined = Self.maps(of: tokens, sizes)
    let coarse = joined[Self.levels - 1].resize(to: maps[0].mapSize, .bilinear)
    let fine = lateral.norm(lateral.convolution(maps[0])) + coarse
    return (joined, maskProjection(output.norm(output.convolution(fine))))
  }

  /// A map's pixels in a row, `[N, h·w, C]`.
  private static func tokens(_ map: Tensor) -> Tensor {
    map.reshaped([map.shape[0], map.shape[1] * map.shape[2], map.shape[3]])
  }

  /// The maps whose pixels are one after another.
  private static func maps(of tokens: Tensor, _ sizes: [MapSize]) -> [Tensor] {
    let (samples, channels) = (tokens.shape[0], tokens.shape[2])
    let rows = tokens.reshaped([samples, tokens.shape[1], 1, channels])
    var first = 0
    return sizes.map { size in
      defer { first += size.height * size.width }
      return rows.cropped(rows: first..<first + size.height * size.width, columns: 0..<1)
        .reshaped([samples, size.height, size.width, channels])
    }
  }
}
