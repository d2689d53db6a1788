import NeuralLayers
public import Tensors

/// What a UNet's cross-attentions make of a prompt: the same keys and values in every step.
///
/// Made by ``UNet2DConditionModel/project(encoderHiddenStates:)``, for that network only.
public struct PromptContext: Sendable {
  /// For each block, transformer and layer.
  let down, up: [[[KeysAndValues]]]
  /// For each transformer and layer.
  let mid: [[KeysAndValues]]
}

extension UNet2DConditionModel {
  /// Computes what all steps of an image have in common.
  ///
  /// - Parameter prompt: Hidden states of its tokens, `[N, L, crossAttentionDim]`.
  public func project(encoderHiddenStates prompt: Tensor) -> PromptContext {
    PromptContext(
      down: downBlocks.map { $0.attentions.map { $0.project(prompt) } },
      up: upBlocks.map { $0.attentions.map { $0.project(prompt) } },
      mid: midBlock.attentions.map { $0.project(prompt) })
  }
}
