import NeuralLayers
public import Tensors

/// What a UNet's transformer blocks are told of prompts, of words and of images, and of objects in boxes: the same in
/// every step.
///
/// Made by ``UNet2DConditionModel/project(encoderHiddenStates:)``, for that network only.
public struct PromptContext: Sendable {
  /// For each block, transformer and layer.
  var down, up: [[[BlockContext]]]
  /// For each transformer and layer.
  var mid: [[BlockContext]]

  /// Adds an image prompt, so that several can steer one image.
  public mutating func add(_ image: ImageContext) {
    if image.scale == 0 { return }
    var rest = image.blocks[...]
    changeBlocks { $0.prompts.append((image.scale, rest.removeFirst())) }
  }

  /// Puts objects into boxes.
  public mutating func ground(_ objects: ObjectContext) {
    var rest = objects.blocks[...]
    changeBlocks { $0.objects = rest.removeFirst() }
  }

  /// What is told of the last samples.
  public func suffix(_ samples: Int) -> PromptContext {
    var part = self
    part.changeBlocks { $0 = $0.suffix(samples) }
    return part
  }

  /// On the way down, up, and in the middle: the order in which IP-Adapters count.
  private mutating func changeBlocks(_ change: (inout BlockContext) -> Void) {
    func changeAll(_ transformers: inout [[BlockContext]]) {
      for i in transformers.indices {
        for j in transformers[i].indices { change(&transformers[i][j]) }
      }
    }
    for level in down.indices { changeAll(&down[level]) }
    for level in up.indices { changeAll(&up[level]) }
    changeAll(&mid)
  }
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

  /// Those on the way down, up, and in the middle, as ``PromptContext`` counts them.
  var transformerBlocks: [BasicTransformerBlock] {
    let transformers =
      downBlocks.flatMap(\.attentions) + upBlocks.flatMap(\.attentions) + midBlock.attentions
    return transformers.flatMap(\.blocks)
  }
}
