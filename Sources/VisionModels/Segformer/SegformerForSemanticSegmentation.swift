public import Checkpoints
public import NeuralLayers
public import Tensors

/// A hierarchy of transformers that sees an image at four sizes, and a few matrices that find the class of every place.
///
/// Source: Xie et al., "SegFormer: Simple and Efficient Design for Semantic Segmentation with Transformers", NeurIPS
/// 2021, arXiv 2105.15203, in the names of transformers' files.
public struct SegformerForSemanticSegmentation: PretrainedModel {
  /// How the network is built.
  public let configuration: SegformerConfiguration
  let stages: [Stage]
  let decodeHead: DecodeHead

  /// A classifier of whole images, and counts of the training's steps.
  public static var ignoredTensors: [String] { ["num_batches_tracked"] }

  /// Reads `segformer.encoder` and `decode_head`.
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public init(_ p: Parameters, _ configuration: SegformerConfiguration) throws {
    self.configuration = configuration
    stages = try (0..<configuration.numEncoderBlocks).map {
      try Stage(p.segformer.encoder, $0, configuration)
    }
    decodeHead = try DecodeHead(p.decode_head, configuration)
  }

  /// Looks at images.
  ///
  /// - Parameter images: `[N, H, W, numChannels]`, as ``SegmentationImageProcessor`` makes them.
  public func callAsFunction(_ images: Tensor) -> SegformerOutput {
    precondition(
      images.shape.rank == 4 && images.shape[3] == configuration.numChannels,
      "SegformerForSemanticSegmentation: images \(images.shape) must be [N, H, W, "
        + "\(configuration.numChannels)]")
    var h = images
    let maps = stages.map { stage in
      h = stage(h)
      return h
    }
    return SegformerOutput(hiddenStates: maps, logits: decodeHead(maps))
  }
}

/// What a ``SegformerForSemanticSegmentation`` sees.
public struct SegformerOutput {
  /// The map of each stage, `[N, h, w, C]`, the finest first.
  public let hiddenStates: [Tensor]
  /// The scores of the classes at the first map's size, `[N, h, w, classes]`.
  public let logits: Tensor
}

extension SegformerForSemanticSegmentation {
  /// Joins the maps of all stages at the size of the finest.
  struct DecodeHead: Sendable {
    let projections: [Linear]
    let fuse, classifier: Conv2D

    init(_ p: Parameters, _ configuration: SegformerConfiguration) throws {
      let channels = configuration.decoderHiddenSize
      projections = try configuration.hiddenSizes.enumerated().map { index, inputs in
        try Linear(p.linear_c[index].proj, from: inputs, to: channels)
      }
      fuse = try Conv2D(
        p.linear_fuse, batchNorm: p.batch_norm, from: channels * projections.count, to: channels,
        kernel: 1, activation: .relu)
      classifier = try Conv2D(
        p.classifier, from: channels, to: configuration.id2label.names.count, kernel: 1)
    }

    func callAsFunction(_ maps: [Tensor]) -> Tensor {
      let joined = zip(projections, maps).map { projection, map in
        projection(map).resize(to: maps[0].mapSize, .bilinear)
      }
      return classifier(fuse(.concatenate(joined.reversed())))
    }
  }
}
