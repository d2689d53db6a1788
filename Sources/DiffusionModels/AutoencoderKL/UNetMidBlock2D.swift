import Checkpoints
import Tensors

/// The coarsest level of an autoencoder: attention between two residual blocks.
struct UNetMidBlock2D: Sendable {
  let resnet0, resnet1: ResnetBlock2D
  let attention: AttentionBlock?

  init(_ p: Parameters, channels: Int, groups: Int, epsilon: Float, addAttention: Bool) throws {
    func resnet(_ i: Int) throws -> ResnetBlock2D {
      try ResnetBlock2D(
        p.resnets[i], from: channels, to: channels, groups: groups, epsilon: epsilon)
    }
    resnet0 = try resnet(0)
    attention =
      addAttention
      ? try AttentionBlock(
        p.attentions[0], channels: channels, groups: groups, epsilon: epsilon) : nil
    resnet1 = try resnet(1)
  }

  /// Maps `[N, H, W, C]` to the same shape.
  func callAsFunction(_ x: consuming Tensor) -> Tensor {
    let h = resnet0(x)
    return resnet1(attention?(h) ?? h)
  }
}
