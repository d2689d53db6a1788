import NeuralLayers
import Tensors

/// What one transformer block is told besides the feature map.
struct BlockContext: Sendable {
  /// What its cross-attention attends to, each with a factor of the answer: the prompt first.
  var prompts: [(scale: Float, context: KeysAndValues)]
  /// What its gated self-attention attends to besides the pixels.
  var objects: KeysAndValues?

  /// The prompt alone.
  init(_ prompt: KeysAndValues) { prompts = [(1, prompt)] }

  /// What is told of the last samples.
  func suffix(_ samples: Int) -> BlockContext {
    var part = self
    part.prompts = prompts.map { ($0.scale, $0.context.suffix(samples)) }
    part.objects = objects?.suffix(samples)
    return part
  }
}
