public import Checkpoints
public import NeuralLayers
import Tensors

/// The text encoder of CLIP, with or without the projection of its pooled output.
///
/// The pooled output is taken at the first end-of-text token. Where the configuration names token 2,
/// as files from before transformers 4.31 do by mistake, it is taken at the largest token instead,
/// which is the end of text in the original vocabulary.
///
/// Source: Radford et al., "Learning Transferable Visual Models From Natural Language Supervision",
/// arXiv 2103.00020.
public struct CLIPTextModel: PretrainedModel {
  /// How the network is built.
  public let configuration: CLIPTextConfiguration
  let tokenEmbedding, positionEmbedding: Embedding
  let encoder: CLIPEncoder
  let finalNorm: LayerNorm
  let projection: Linear?

  /// Constant positions, which older files carry along.
  public static var ignoredTensors: [String] { ["embeddings.position_ids"] }

  /// Reads the network, whose names begin with `text_model.` or, as recent transformers writes them,
  /// without it.
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public init(_ p: Parameters, _ configuration: CLIPTextConfiguration) throws {
    self.configuration = configuration
    let channels = configuration.hiddenSize
    let text = p.contains("embeddings") ? p : p.text_model
    tokenEmbedding = try Embedding(
      text.embeddings.token_embedding, count: configuration.vocabSize, channels: channels)
    positionEmbedding = try Embedding(
      text.embeddings.position_embedding, count: configuration.maxPositionEmbeddings,
      channels: channels)
    encoder = try CLIPEncoder(
      text.encoder, layers: configuration.numHiddenLayers, configuration.encoderOptions)
    finalNorm = try LayerNorm(
      text.final_layer_norm, channels: channels, epsilon: configuration.layerNormEps)
    projection =
      configuration.hasProjection
      ? try Linear(
        p.text_projection, from: channels, to: configuration.projectionDim, bias: false) : nil
  }

  /// Encodes prompts.
  ///
  /// - Parameter tokens: Token ids of each prompt, start and end included, all of one length of at most
  ///   ``CLIPTextConfiguration/maxPositionEmbeddings``.
  public func callAsFunction(_ tokens: [[Int]]) -> CLIPTextOutput {
    let device = tokenEmbedding.table.device
    let (samples, length) = (tokens.count, tokens.first?.count ?? 0)
    precondition(
      length > 0 && length <= configuration.maxPositionEmbeddings
        && tokens.allSatisfy { $0.count == length },
      "CLIPTextModel: prompts of \(tokens.map(\.count)) tokens must be of one length within "
        + "1...\(configuration.maxPositionEmbeddings)")
    let ids = Tensor(tokens.joined().map(Int32.init), [samples, length], on: device)

    let embedded = tokenEmbedding(ids) + positionEmbedding.table.samples(0..<length)
    let hiddenStates = encoder(embedded)
    let last = finalNorm(hiddenStates[hiddenStates.count - 1])

    let ends = tokens.enumerated().map { n, ids in Int32(n * length + endPosition(in: ids)) }
    let pooled = last.reshaped([samples * length, last.shape[2]])
      .gather(Tensor(ends, [samples], on: device))
    return CLIPTextOutput(
      hiddenStates: hiddenStates, lastHiddenState: last, pooledOutput: pooled,
      textEmbeddings: projection?(pooled))
  }

  /// Where a prompt ends; its start when there is no end, as in transformers.
  private func endPosition(in ids: [Int]) -> Int {
    let end = configuration.eosTokenId == 2 ? ids.max() : configuration.eosTokenId
    return ids.firstIndex { $0 == end } ?? 0
  }
}
