public import Checkpoints
public import NeuralLayers
public import Tensors

/// A small network that finds edges by convolutions of differences between pixels.
///
/// Source: Su et al., "Pixel Difference Networks for Efficient Edge Detection", ICCV 2021, arXiv 2108.07009; the
/// variant `carv4` with attention and dilation.
public struct PiDiNet: PretrainedModel {
  /// How the network is built.
  public let configuration: PiDiNetConfiguration
  let initBlock: Conv2D
  let stages: [[Block]]
  let heads: [Head]
  let classifier: Conv2D

  /// Reads the network. Its 16 layers compare pixels in four ways in turn.
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public init(_ p: Parameters, _ configuration: PiDiNetConfiguration) throws {
    self.configuration = configuration
    let base = configuration.baseChannels
    initBlock = try PixelDifference.layer(0).convolution(p.init_block, from: 3, to: base)
    let channels = [base, 2 * base, 4 * base, 4 * base]
    stages = try channels.indices.map { stage in
      try (stage == 0 ? 1..<4 : 0..<4).map { index in
        let inputs = index == 0 ? channels[stage - 1] : channels[stage]
        return try Block(
          p["block\(stage + 1)_\(stage == 0 ? index : index + 1)"],
          PixelDifference.layer(4 * stage + index), from: inputs, to: channels[stage],
          halves: index == 0)
      }
    }
    heads = try channels.indices.map { i in
      try Head(
        dilation: p.dilations[i], attention: p.attentions[i], reduction: p.conv_reduces[i],
        from: channels[i], configuration)
    }
    classifier = try Conv2D(p.classifier, from: 4, to: 1, kernel: 1, activation: .sigmoid)
  }

  /// Finds edges.
  ///
  /// - Parameter image: `[N, H, W, 3]`, **BGR** in 0 … 1; both sides at least 8.
  /// - Returns: `[N, H, W, 1]`, how likely an edge is, 0 … 1.
  public func callAsFunction(_ image: Tensor) -> Tensor {
    let size = MapSize(height: image.shape[1], width: image.shape[2])
    var h = initBlock(image)
    var edges: [Tensor] = []
    for (stage, head) in zip(stages, heads) {
      for block in stage { h = block(h) }
      edges.append(head(h).resize(to: size, .bilinear))
    }
    return classifier(.concatenate(edges))
  }
}
