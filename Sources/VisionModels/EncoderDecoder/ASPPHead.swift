import Checkpoints
import NeuralLayers
import Tensors

/// Kernels of several reaches beside one another, and the mean of the whole map.
///
/// Source: Chen et al., "Rethinking Atrous Convolution for Semantic Image Segmentation", arXiv 1706.05587, as
/// MMSegmentation builds it.
struct ASPPHead: DecodeHead {
  let pyramid: Pyramid
  let bottleneck, classifier: Conv2D

  /// Reads `image_pool`, `aspp_modules`, `bottleneck` and `conv_seg`.
  init(_ p: Parameters, _ configuration: EncoderDecoderConfiguration) throws {
    let (inputs, channels) = (configuration.resNet.outputs.last ?? 0, configuration.channels)
    let branches = try configuration.asppDilations.enumerated().map { index, dilation in
      try Conv2D(
        module: p.aspp_modules[index], from: inputs, to: channels,
        kernel: dilation == 1 ? 1 : 3, dilation: dilation)
    }
    pyramid = try Pyramid(
      Conv2D(module: p.image_pool[1], from: inputs, to: channels),
      branches.map { branch in { branch($0) } })
    bottleneck = try Conv2D(
      module: p.bottleneck, from: pyramid.width * channels, to: channels, kernel: 3)
    classifier = try Conv2D(
      p.conv_seg, from: channels, to: configuration.id2label.names.count, kernel: 1)
  }

  func callAsFunction(_ maps: [Tensor]) -> Tensor {
    classifier(bottleneck(.concatenate(pyramid(maps[maps.count - 1]))))
  }

  /// The mean of a map everywhere, and what branches make of the map.
  struct Pyramid: Sendable {
    let mean: Conv2D
    let branches: [@Sendable (Tensor) -> Tensor]

    init(_ mean: Conv2D, _ branches: [@Sendable (Tensor) -> Tensor]) {
      (self.mean, self.branches) = (mean, branches)
    }

    /// How many maps come out.
    var width: Int { branches.count + 1 }

    func callAsFunction(_ x: Tensor) -> [Tensor] {
      [mean(x.globalMean()).resize(to: x.mapSize, .bilinear)] + branches.map { $0(x) }
    }
  }
}

/// As ``ASPPHead``, with a kernel for each channel, and the finest map's details.
///
/// Source: Chen et al., "Encoder-Decoder with Atrous Separable Convolution for Semantic Image Segmentation", ECCV 2018,
/// arXiv 1802.02611.
struct DepthwiseSeparableASPPHead: DecodeHead {
  let pyramid: ASPPHead.Pyramid
  let bottleneck, details, classifier: Conv2D
  let joined: [DepthwiseSeparableConv]

  /// Reads `image_pool`, `aspp_modules`, `bottleneck`, `c1_bottleneck`, `sep_bottleneck` and `conv_seg`.
  init(_ p: Parameters, _ configuration: EncoderDecoderConfiguration) throws {
    let outputs = configuration.resNet.outputs
    let (inputs, channels) = (outputs.last ?? 0, configuration.channels)
    let branches: [@Sendable (Tensor) -> Tensor] = try configuration.asppDilations.enumerated()
      .map { index, dilation in
        let module = p.aspp_modules[index]
        if dilation == 1 {
          let matrix = try Conv2D(module: module, from: inputs, to: channels)
          return { matrix($0) }
        }
        let kernel = try DepthwiseSeparableConv(
          module, from: inputs, to: channels, dilation: dilation)
        return { kernel($0) }
      }
    pyramid = try ASPPHead.Pyramid(
      Conv2D(module: p.image_pool[1], from: inputs, to: channels), branches)
    bottleneck = try Conv2D(
      module: p.bottleneck, from: pyramid.width * channels, to: channels, kernel: 3)
    details = try Conv2D(
      module: p.c1_bottleneck, from: outputs[0], to: configuration.c1Channels)
    joined = try [channels + configuration.c1Channels, channels].enumerated().map {
      try DepthwiseSeparableConv(p.sep_bottleneck[$0], from: $1, to: channels)
    }
    classifier = try Conv2D(
      p.conv_seg, from: channels, to: configuration.id2label.names.count, kernel: 1)
  }

  func callAsFunction(_ maps: [Tensor]) -> Tensor {
    let coarse = bottleneck(.concatenate(pyramid(maps[maps.count - 1])))
    let fine = details(maps[0])
    let both = Tensor.concatenate([coarse.resize(to: fine.mapSize, .bilinear), fine])
    return classifier(joined.reduce(both) { $1($0) })
  }
}
