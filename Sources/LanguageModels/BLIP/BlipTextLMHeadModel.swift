import Checkpoints
import NeuralLayers
public import Tensors

/// The decoder of BLIP: BERT that sees only the words before, looks at an image, and says what word comes next.
///
/// Source: Li et al., "BLIP: Bootstrapping Language-Image Pre-training for Unified Vision-Language Understanding and
/// Generation", arXiv 2201.12086.
public struct BlipTextLMHeadModel: Sendable {
  /// How the network is built.
  public let configuration: BlipTextConfiguration
  let wordEmbedding, positionEmbedding: Embedding
  let norm: LayerNorm
  let layers: [BlipTextLayer]
  let transform: Linear
  let transformNorm: LayerNorm
  let decoder: Linear

  /// Reads the network, whose words' table is the matrix of the last layer too.
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  init(_ p: Parameters, _ configuration: BlipTextConfiguration) throws {
    self.configuration = configuration
    let (channels, epsilon) = (configuration.hiddenSize, configuration.layerNormEps)
    let (bert, predictions) = (p.bert, p.cls.predictions)
    wordEmbedding = try Embedding(
      bert.embeddings.word_embeddings, count: configuration.vocabSize, channels: channels)
    positionEmbedding = try Embedding(
      bert.embeddings.position_embeddings, count: configuration.maxPositionEmbeddings,
      channels: channels)
    norm = try LayerNorm(bert.embeddings.LayerNorm, channels: channels, epsilon: epsilon)
    layers = try (0..<configuration.numHiddenLayers).map {
      try BlipTextLayer(bert.encoder.layer[$0], configuration)
    }
    transform = try Linear(
      predictions.transform.dense, from: channels, to: channels,
      activation: configuration.hiddenAct.activation)
    transformNorm = try LayerNorm(
      predictions.transform.LayerNorm, channels: channels, epsilon: epsilon)
    decoder = Linear(
      p.pack(wordEmbedding.table),
      bias: try predictions.tensor("bias", [configuration.vocabSize]))
  }

  /// Reads whole texts.
  ///
  /// - Parameters:
  ///   - tokens: Token ids of each text, all of one length of at most
  ///     ``BlipTextConfiguration/maxPositionEmbeddings``.
  ///   - images: The images' tokens, `[N, S, encoderHiddenSize]`, one image a text.
  /// - Returns: The embedded tokens, then the result of every layer, each `[N, L, hiddenSize]`; and how likely each
  ///   token comes next, before the softmax, `[N, L, vocabSize]`.
  public func callAsFunction(
    _ tokens: [[Int32]], images: Tensor
  ) -> (hiddenStates: [Tensor], logits: Tensor) {
    var decoding = BlipDecoding(self, images: images)
    let states = decoding.states(of: tokens)
    return (states, logits(of: states[states.count - 1]))
  }

  /// How likely each token comes behind others, before the softmax, `[…, vocabSize]`.
  func logits(of states: Tensor) -> Tensor {
    decoder(transformNorm(transform(states), as: decoder.operandType))
  }
}
