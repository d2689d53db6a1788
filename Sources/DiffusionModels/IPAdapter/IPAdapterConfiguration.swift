public import Checkpoints
import Tensors

/// How an ``IPAdapter`` is built, as the shapes of its tensors tell: published files have no configuration.
public struct IPAdapterConfiguration: Sendable, Equatable {
  /// How tokens are made of what the vision encoder says.
  public enum Projection: Sendable, Equatable {
    /// By a matrix, of the embedding of the whole image.
    case embedding(tokens: Int)
    /// By attention to the encoder's last hidden states but one: IP-Adapter "plus".
    case resampler(tokens: Int, channels: Int, heads: Int, layers: Int)
  }

  /// How tokens are made.
  public var projection: Projection
  /// Channels of what the vision encoder says.
  public var imageChannels: Int
  /// Channels of a token, as the UNet's prompts have them.
  public var contextChannels: Int

  /// Describes an adapter.
  public init(_ projection: Projection, imageChannels: Int, contextChannels: Int) {
    self.projection = projection
    self.imageChannels = imageChannels
    self.contextChannels = contextChannels
  }

  /// Tokens of one image.
  public var tokens: Int {
    switch projection {
    case .embedding(let tokens), .resampler(let tokens, _, _, _): tokens
    }
  }
}

extension IPAdapterConfiguration {
  /// Channels of a head of the resampler, in all published adapters.
  static let headChannels = 64
  /// Tokens that the published matrices make.
  private static let embeddingTokens = 4

  /// Tells how an adapter is built by its tensors.
  ///
  /// - Parameter source: Its file, in which ``obstacle(in:)`` found none.
  /// - Throws: `CheckpointError` when a tensor is absent or has another number of axes.
  public init(_ source: some ParameterSource) throws {
    let projection = Parameters(source, device: .meta).image_proj
    if projection.contains("proj.weight") {
      let matrix = try projection.matrix("proj.weight")
      self.init(
        .embedding(tokens: Self.embeddingTokens), imageChannels: matrix[1],
        contextChannels: matrix[0] / Self.embeddingTokens)
      return
    }
    let queries = try projection.matrix("latents", rank: 3)
    let heads = try projection.matrix("layers.0.0.to_q.weight")[0] / Self.headChannels
    let layers = (0...).prefix { projection.contains("layers.\($0)") }.count
    self.init(
      .resampler(tokens: queries[1], channels: queries[2], heads: heads, layers: layers),
      imageChannels: try projection.matrix("proj_in.weight")[1],
      contextChannels: try projection.matrix("proj_out.weight")[0])
  }

  /// What keeps a file from being an adapter that this engine runs, as in "this is …"; nil where nothing does.
  public static func obstacle(in source: some ParameterSource) -> String? {
    let kinds = [
      ("image_proj.perceiver_resampler", "an IP-Adapter for faces, \"FaceID plus\""),
      ("image_proj.proj.3", "an IP-Adapter for full faces"),
      ("image_proj.proj.0", "an IP-Adapter for faces, \"FaceID\""),
    ]
    if !source.contains("image_proj") || !source.contains("ip_adapter") { return "no IP-Adapter" }
    return kinds.first { source.contains($0.0) }?.1
  }
}

extension Parameters {
  /// The extents of a tensor that must have two axes, or as many as are told.
  fileprivate func matrix(_ name: String, rank: Int = 2) throws -> Shape {
    let shape = try shape(of: name)
    if shape.rank == rank && shape.count > 0 { return shape }
    let expected = Shape([Int](repeating: 1, count: rank))
    throw CheckpointError(.shape(tensor: name, found: shape, expected: expected), in: "image_proj")
  }
}
