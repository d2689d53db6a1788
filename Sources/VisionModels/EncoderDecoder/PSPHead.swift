import Checkpoints
import NeuralLayers
import Tensors

/// Means over parts of several sizes beside the map itself.
///
/// Source: Zhao et al., "Pyramid Scene Parsing Network", CVPR 2017, arXiv 1612.01105, as MMSegmentation builds it.
struct PSPHead: DecodeHead {
  let pools: [(parts: Int, projection: Conv2D)]
  let bottleneck, classifier: Conv2D

  /// Reads `psp_modules`, `bottleneck` and `conv_seg`.
  init(_ p: Parameters, _ configuration: EncoderDecoderConfiguration) throws {
    let (inputs, channels) = (configuration.resNet.outputs.last ?? 0, configuration.channels)
    pools = try configuration.poolScales.enumerated().map { index, parts in
      (parts, try Conv2D(module: p.psp_modules[index][1], from: inputs, to: channels))
    }
    bottleneck = try Conv2D(
      module: p.bottleneck, from: inputs + pools.count * channels, to: channels, kernel: 3)
    classifier = try Conv2D(
      p.conv_seg, from: channels, to: configuration.id2label.names.count, kernel: 1)
  }

  func callAsFunction(_ maps: [Tensor]) -> Tensor {
    let map = maps[maps.count - 1]
    let means = pools.map { parts, projection in
      projection(map.adaptiveMean(parts)).resize(to: map.mapSize, .bilinear)
    }
    return classifier(bottleneck(.concatenate([map] + means)))
  }
}
