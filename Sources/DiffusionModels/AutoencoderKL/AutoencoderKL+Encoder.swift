import Checkpoints
import NeuralLayers
import Tensors

extension AutoencoderKL {
  /// Residual blocks and halvings, from an image to the moments of its latents.
  struct Encoder: Sendable {
    /// Residual blocks at one size, then a halving but for the last level.
    struct DownEncoderBlock2D: Sendable {
      let resnets: [ResnetBlock2D]
      let downsampler: Conv2D?

      func callAsFunction(_ x: consuming Tensor) -> Tensor {
        var h = consume x
        for resnet in resnets { h = resnet(consume h) }
        guard let downsampler else { return h }
        return downsampler(h)
      }
    }

    let convIn: Conv2D
    let downBlocks: [DownEncoderBlock2D]
    let midBlock: UNetMidBlock2D
    let normOut: GroupNorm
    let convOut: Conv2D

    init(_ p: Parameters, _ configuration: AutoencoderKLConfiguration) throws {
      let channels = configuration.blockOutChannels
      let (groups, epsilon) = (configuration.normNumGroups, AutoencoderKLConfiguration.normEps)
      let last = channels[channels.count - 1]
      convIn = try Conv2D(p.conv_in, from: configuration.inChannels, to: channels[0], kernel: 3)
      downBlocks = try channels.indices.map { i in
        try Self.downBlock(
          p.quantised.down_blocks[i], from: channels[max(i - 1, 0)], to: channels[i],
          downsamples: i < channels.count - 1, configuration)
      }
      midBlock = try UNetMidBlock2D(
        p.quantised.mid_block, channels: last, groups: groups, epsilon: epsilon,
        addAttention: configuration.midBlockAddAttention)
      normOut = try GroupNorm(
        p.conv_norm_out, channels: last, groups: groups, epsilon: epsilon, activation: .silu)
      convOut = try Conv2D(p.conv_out, from: last, to: 2 * configuration.latentChannels, kernel: 3)
    }

    private static func downBlock(
      _ p: Parameters, from input: Int, to output: Int, downsamples: Bool,
      _ configuration: AutoencoderKLConfiguration
    ) throws -> DownEncoderBlock2D {
      let resnets = try (0..<configuration.layersPerBlock).map { i in
        try ResnetBlock2D(
          p.resnets[i], from: i == 0 ? input : output, to: output,
          groups: configuration.normNumGroups, epsilon: AutoencoderKLConfiguration.normEps)
      }
      guard downsamples else { return DownEncoderBlock2D(resnets: resnets, downsampler: nil) }
      // The window hangs over the lower right border only.
      let downsampler = try Conv2D(
        p.downsamplers[0].conv, from: output, to: output, kernel: 3, stride: 2,
        padding: Padding(top: 0, left: 0, bottom: 1, right: 1))
      return DownEncoderBlock2D(resnets: resnets, downsampler: downsampler)
    }

    /// - Parameter image: `[N, H, W, inChannels]`.
    /// - Returns: `[N, H/f, W/f, 2·latentChannels]`.
    func callAsFunction(_ image: Tensor) -> Tensor {
      var h = convIn(image)
      for block in downBlocks { h = block(consume h) }
      return convOut(normOut(midBlock(consume h), as: convOut.operandType))
    }
  }
}
