import Checkpoints
import NeuralLayers
import Tensors

extension AutoencoderKL {
  /// Residual blocks and doublings, from latents to an image.
  struct Decoder: Sendable {
    /// Residual blocks at one size, then a doubling but for the last level.
    struct UpDecoderBlock2D: Sendable {
      let resnets: [ResnetBlock2D]
      let upsampler: Upsample2D?

      func callAsFunction(_ x: consuming Tensor) -> Tensor {
        var h = consume x
        for resnet in resnets { h = resnet(consume h) }
        guard let upsampler else { return h }
        return upsampler(h, height: 2 * h.shape[1], width: 2 * h.shape[2])
      }
    }

    let convIn: Conv2D
    let midBlock: UNetMidBlock2D
    let upBlocks: [UpDecoderBlock2D]
    let normOut: GroupNorm
    let convOut: Conv2D

    init(_ p: Parameters, _ configuration: AutoencoderKLConfiguration) throws {
      let channels = Array(configuration.blockOutChannels.reversed())
      let (groups, epsilon) = (configuration.normNumGroups, AutoencoderKLConfiguration.normEps)
      let last = channels[channels.count - 1]
      convIn = try Conv2D(p.conv_in, from: configuration.latentChannels, to: channels[0], kernel: 3)
      midBlock = try UNetMidBlock2D(
        p.quantised.mid_block, channels: channels[0], groups: groups, epsilon: epsilon,
        addAttention: configuration.midBlockAddAttention)
      upBlocks = try channels.indices.map { i in
        let (input, output) = (channels[max(i - 1, 0)], channels[i])
        let block = p.quantised.up_blocks[i]
        return UpDecoderBlock2D(
          resnets: try (0...configuration.layersPerBlock).map { j in
            try ResnetBlock2D(
              block.resnets[j], from: j == 0 ? input : output, to: output, groups: groups,
              epsilon: epsilon)
          },
          upsampler: i < channels.count - 1
            ? try Upsample2D(block.upsamplers[0], channels: output) : nil)
      }
      normOut = try GroupNorm(
        p.conv_norm_out, channels: last, groups: groups, epsilon: epsilon, activation: .silu)
      convOut = try Conv2D(p.conv_out, from: last, to: configuration.outChannels, kernel: 3)
    }

    /// - Parameter latents: `[N, h, w, latentChannels]`.
    /// - Returns: `[N, f·h, f·w, outChannels]`.
    func callAsFunction(_ latents: Tensor) -> Tensor {
      var h = midBlock(convIn(latents))
      for block in upBlocks { h = block(consume h) }
      return convOut(normOut(consume h, as: convOut.operandType))
    }
  }
}
