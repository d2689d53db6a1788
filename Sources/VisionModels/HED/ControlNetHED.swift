public import Checkpoints
public import NeuralLayers
public import Tensors

/// The network that finds soft edges at five sizes, in the form that ControlNet's models were trained with.
///
/// Source: Xie and Tu, "Holistically-Nested Edge Detection", ICCV 2015, arXiv 1504.06375, as `ControlNetHED_Apache2` of
/// lllyasviel's annotators.
public struct ControlNetHED: PretrainedModel {
  /// How the network is built.
  public let configuration: HEDConfiguration
  /// Taken off every pixel, `[inChannels]`.
  let norm: Tensor
  let blocks: [Block]

  /// Reads `norm` and `block1` to the last block.
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public init(_ p: Parameters, _ configuration: HEDConfiguration) throws {
    self.configuration = configuration
    let inputs = configuration.inChannels
    norm = try p.tensor("norm", [1, inputs, 1, 1]).reshaped([inputs])
    let channels = [inputs] + configuration.blockOutChannels
    blocks = try configuration.layersPerBlock.indices.map { i in
      try Block(
        p["block\(i + 1)"], from: channels[i], to: channels[i + 1],
        layers: configuration.layersPerBlock[i])
    }
  }

  /// Finds edges.
  ///
  /// - Parameter image: `[N, H, W, inChannels]`, RGB in 0 … 255; both sides leave a pixel when they are halved
  ///   once less than there are blocks.
  /// - Returns: `[N, H, W, 1]`, the mean over the blocks of how likely an edge is, as the logarithm of the odds.
  public func callAsFunction(_ image: Tensor) -> Tensor {
    let size = MapSize(height: image.shape[1], width: image.shape[2])
    var h = Tensor.combine([(1, image), (-1, norm)])
    var edges: [Tensor] = []
    for (index, block) in blocks.enumerated() {
      if index > 0 { h = h.pool(.max, window: 2, stride: 2) }
      h = block(h)
      edges.append(block.projection(h).resize(to: size, .bilinear))
    }
    let share = 1 / Float(edges.count)
    return .combine(edges.map { (share, $0) })
  }
}

extension ControlNetHED {
  /// Convolutions at one size, and what they say about edges.
  struct Block: Sendable {
    let convolutions: [Conv2D]
    let projection: Conv2D

    init(_ p: Parameters, from inputs: Int, to outputs: Int, layers: Int) throws {
      convolutions = try (0..<layers).map { i in
        try Conv2D(
          p.convs[i], from: i == 0 ? inputs : outputs, to: outputs, kernel: 3, activation: .relu)
      }
      projection = try Conv2D(p.projection, from: outputs, to: 1, kernel: 1)
    }

    func callAsFunction(_ x: Tensor) -> Tensor { convolutions.reduce(x) { $1($0) } }
  }
}
