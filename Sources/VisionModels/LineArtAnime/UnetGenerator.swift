public import Checkpoints
public import NeuralLayers
public import Tensors

/// The network that draws lines as in anime, dark on white.
///
/// Source: Isola et al., "Image-to-Image Translation with Conditional Adversarial Networks", CVPR 2017, arXiv
/// 1611.07004: its U-Net, with instances normalised, as in lllyasviel's annotators.
public struct UnetGenerator: PretrainedModel {
  /// How the network is built.
  public let configuration: UnetGeneratorConfiguration
  /// Halve the size, the finest first.
  let downs: [Conv2D]
  /// Double it, the finest first.
  let ups: [ConvTranspose2D]

  /// Reads the network. Each size is nested in the sequence of the next finer one.
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public init(_ p: Parameters, _ configuration: UnetGeneratorConfiguration) throws {
    self.configuration = configuration
    let count = configuration.numDowns
    let channels = (0..<count).map { configuration.baseChannels << min($0, 3) }
    var downs: [Conv2D] = []
    var ups: [ConvTranspose2D] = []
    var place = p.model.model
    for level in 0..<count {
      let (isFirst, isLast) = (level == 0, level == count - 1)
      // The finest size has no activation before and no normalisation behind, the coarsest nothing within.
      downs.append(
        try Conv2D(
          place[isFirst ? 0 : 1], from: isFirst ? 3 : channels[level - 1], to: channels[level],
          kernel: 4, stride: 2, padding: Padding(1)))
      ups.append(
        try ConvTranspose2D(
          place[isFirst || isLast ? 3 : 5], from: (isLast ? 1 : 2) * channels[level],
          to: isFirst ? 1 : channels[level - 1], kernel: 4, stride: 2, padding: 1, outputPadding: 0)
      )
      place = place[isFirst ? 1 : 3].model
    }
    (self.downs, self.ups) = (downs, ups)
  }

  /// Draws lines.
  ///
  /// - Parameter image: `[N, H, W, 3]`, RGB in −1 … 1; both sides can be halved so often that a pixel is left.
  /// - Returns: `[N, H, W, 1]`, 0 … 1, near 0 on lines.
  public func callAsFunction(_ image: Tensor) -> Tensor {
    let multiple = 1 << configuration.numDowns
    precondition(
      image.shape.rank == 4 && image.shape[1] % multiple == 0 && image.shape[2] % multiple == 0,
      "UnetGenerator: height and width of \(image.shape) must be multiples of \(multiple)")
    var skips = [downs[0](image)]
    for down in downs.dropFirst().dropLast() {
      skips.append(down(skips[skips.count - 1].leakyReLU()).instanceNorm())
    }
    var h = downs[downs.count - 1](skips[skips.count - 1].leakyReLU())
    h = ups[ups.count - 1](h.map(.relu)).instanceNorm()
    for level in (1..<skips.count).reversed() {
      h = ups[level](Tensor.concatenate([skips[level], h]).map(.relu)).instanceNorm()
    }
    let lines = ups[0](Tensor.concatenate([skips[0], h]).map(.relu))
    // (tanh(x) + 1) / 2
    return (2 * lines).map(.sigmoid)
  }
}

extension Tensor {
  /// Negative elements are a fifth of themselves.
  fileprivate func leakyReLU() -> Tensor {
    let fifth: Float = 0.2
    return .combine([(fifth, self), (1 - fifth, map(.relu))])
  }
}
