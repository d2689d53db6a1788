import Checkpoints
import NeuralLayers
import Tensors

/// As ``ASPPHead``, in the order and with the layers of torchvision's DeepLabV3.
struct DeepLabHead: DecodeHead {
  let branches: [Conv2D]
  let mean, project, convolution, classifier: Conv2D

  /// Reads `0.convs`, `0.project`, `1` and `4`.
  init(_ p: Parameters, _ configuration: EncoderDecoderConfiguration) throws {
    let (inputs, channels) = (configuration.resNet.outputs.last ?? 0, configuration.channels)
    let dilations = configuration.asppDilations
    func branch(_ place: Parameters, _ first: Int, _ dilation: Int = 1) throws -> Conv2D {
      try Conv2D(
        place[first], batchNorm: place[first + 1], from: inputs, to: channels,
        kernel: dilation == 1 ? 1 : 3, dilation: dilation, activation: .relu)
    }
    branches = try dilations.enumerated().map { try branch(p[0].convs[$0], 0, $1) }
    mean = try branch(p[0].convs[dilations.count], 1)
    project = try Conv2D(
      p[0].project[0], batchNorm: p[0].project[1], from: (dilations.count + 1) * channels,
      to: channels, kernel: 1, activation: .relu)
    convolution = try Conv2D(
      p[1], batchNorm: p[2], from: channels, to: channels, kernel: 3, activation: .relu)
    classifier = try Conv2D(
      p[4], from: channels, to: configuration.id2label.names.count, kernel: 1)
  }

  func callAsFunction(_ maps: [Tensor]) -> Tensor {
    let map = maps[maps.count - 1]
    let whole = mean(map.globalMean()).resize(to: map.mapSize, .bilinear)
    return classifier(convolution(project(.concatenate(branches.map { $0(map) } + [whole]))))
  }
}
