import NeuralLayers
public import TensorCore

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
  /// Computes what all steps of a picture have in common.
  ///
  /// - Parameter prompt: Hidden states of its tokens, `[N, L, crossAttentionDim]`.
  public func project(encoderHiddenStates prompt: Tensor) -> PromptContext {
    PromptContext(
      down: downBlocks.map { $0.attentions.map { $0.project(prompt) } },
      up: upBlocks.map { $0.attentions.map { $0.project(prompt) } },
      mid: midBlock.attentions.map { $0.project(prompt) })
  }

  /// Predicts the noise, or the velocity, of a latent picture in a single step.
  ///
  /// As ``callAsFunction(_:timestep:context:addedConditions:adapterFeatures:)``, with the prompt as
  /// the text encoder gives it, `[N, L, crossAttentionDim]`.
  public func callAsFunction(
    _ sample: Tensor, timestep: Float, encoderHiddenStates: Tensor,
    addedConditions: AddedConditions? = nil, adapterFeatures: [Tensor] = []
  ) -> Tensor {
    self(
      sample, timestep: timestep, context: project(encoderHiddenStates: encoderHiddenStates),
      addedConditions: addedConditions, adapterFeatures: adapterFeatures)
  }
}
