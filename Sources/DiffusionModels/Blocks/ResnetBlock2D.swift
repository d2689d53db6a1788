import Checkpoints
import NeuralLayers
import Tensors

/// Two convolutions with a shortcut, the first shifted by the time embedding where there is one.
///
/// Source: He et al., "Identity Mappings in Deep Residual Networks", arXiv 1603.05027.
struct ResnetBlock2D: Sendable {
  let norm1, norm2: GroupNorm
  let conv1, conv2: Conv2D
  let timeProjection: Linear?
  let shortcut: Conv2D?

  /// - Parameter timeChannels: Channels of the time embedding; nothing in an autoencoder.
  init(
    _ p: Parameters, from input: Int, to output: Int, groups: Int, epsilon: Float,
    timeChannels: Int? = nil
  ) throws {
    norm1 = try GroupNorm(
      p.norm1, channels: input, groups: groups, epsilon: epsilon, activation: .silu)
    conv1 = try Conv2D(p.conv1, from: input, to: output, kernel: 3)
    timeProjection = try timeChannels.map {
      try Linear(p.unquantised.time_emb_proj, from: $0, to: output)
    }
    norm2 = try GroupNorm(
      p.norm2, channels: output, groups: groups, epsilon: epsilon, activation: .silu)
    conv2 = try Conv2D(p.conv2, from: output, to: output, kernel: 3)
    shortcut =
      input == output ? nil : try Conv2D(p.conv_shortcut, from: input, to: output, kernel: 1)
  }

  /// - Parameters:
  ///   - x: Features, `[N, H, W, input]`.
  ///   - time: SiLU of the time embedding, `[N, timeChannels]`.
  /// - Returns: Features, `[N, H, W, output]`.
  func callAsFunction(_ x: consuming Tensor, time: Tensor? = nil) -> Tensor {
    let shift = time.flatMap { time in timeProjection.map { $0(time) } }
    // First, since the norm may write over its input: at 1024×1024 pixels that saves 1 GB.
    let residual = if let shortcut { shortcut(x) } else { copy x }
    let h = conv1(norm1(consume x, as: conv1.operandType), shift: shift)
    return conv2(norm2(consume h, as: conv2.operandType), residual: residual)
  }
}
