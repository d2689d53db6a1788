import NeuralLayers
public import Tensors

/// What of a UNet's features changes little from one step to the next, so that a later step can do without most of the
/// network.
///
/// Source: Ma et al., "DeepCache: Accelerating Diffusion Models for Free", CVPR 2024, arXiv 2312.00858; the skip branch is
/// the first one.
public struct DeepFeatures: Sendable {
  /// What the last layer on the way up is given from below, `[N, H, W, C]`; ``UNet2DConditionModel/deepFeatures`` sees it.
  public let features: Tensor
  /// What other networks add to the first skip, if they do.
  public let residual: Tensor?

  /// Collects what a step had.
  public init(_ features: Tensor, residual: Tensor?) {
    (self.features, self.residual) = (features, residual)
  }
}

extension UNet2DConditionModel {
  /// The last level on the way up, and its last layer.
  private var lastLayer: (level: Int, index: Int) {
    (upBlocks.count - 1, upBlocks[upBlocks.count - 1].resnets.count - 1)
  }

  /// Where the deep features of a prediction are seen.
  public var deepFeatures: UNetProbe.Sight {
    .input(.up(lastLayer.level), layer: lastLayer.index)
  }

  /// Predicts the noise, or the velocity, with the deep features of an earlier step: by the first convolution, the last layer
  /// on the way up and the last convolution alone.
  ///
  /// - Parameters:
  ///   - sample: Latents, `[N, H, W, C]`; with the conditions' further channels there are `inChannels`.
  ///   - timeFeatures: The timesteps as ``timeFeatures(_:on:)`` embeds them, `[N, blockOutChannels[0]]`.
  ///   - conditions: What to show. Its residuals are not added, `deep` has them.
  ///   - deep: Of the same samples.
  /// - Returns: `[N, H, W, outChannels]`.
  public func callAsFunction(
    _ sample: Tensor, timeFeatures: Tensor, _ conditions: UNetConditions,
    reusing deep: DeepFeatures
  ) -> Tensor {
    precondition(
      deep.features.shape[0] == sample.shape[0],
      "UNet2DConditionModel: deep features of \(deep.features.shape) do not fit \(sample.shape)")
    let time = timeEmbedding(timeFeatures, conditions.added)
    let first = convIn(conditions.input(sample))
    let h = upBlocks[lastLayer.level].layer(
      lastLayer.index, deep.features, skip: deep.residual.map { first + $0 } ?? first, time: time,
      context: conditions.context.up[lastLayer.level])
    return convOut(normOut(h, as: convOut.operandType))
  }
}

extension UNetConditions {
  /// Latents with the further channels behind theirs.
  fileprivate func input(_ sample: Tensor) -> Tensor {
    guard let channels else { return sample }
    return .concatenate([sample, channels.repeated(samples: sample.shape[0])])
  }
}
