import NeuralLayers
public import Tensors

/// A ``BlipTextLMHeadModel`` in the middle of its texts: the keys and values of what was read so far.
public struct BlipDecoding: TokenDecoder {
  let model: BlipTextLMHeadModel
  /// Of each layer.
  private var known: [KeysAndValues?]
  private var seen: [KeysAndValues]
  private var length = 0

  /// Begins a text for each image.
  ///
  /// - Parameters:
  ///   - model: What reads.
  ///   - images: The images' tokens, `[N, S, encoderHiddenSize]`.
  public init(_ model: BlipTextLMHeadModel, images: Tensor) {
    self.model = model
    known = [KeysAndValues?](repeating: nil, count: model.layers.count)
    seen = model.layers.map { $0.image.attention.project(images) }
  }

  /// How many texts there are for each image.
  private var textsPerImage: Int { (known[0]?.samples ?? seen[0].samples) / seen[0].samples }

  /// Reads the next tokens of every text.
  public mutating func callAsFunction(_ tokens: [[Int32]]) -> Tensor {
    let states = states(of: tokens)
    let last = states[states.count - 1]
    let (texts, count, channels) = (last.shape[0], last.shape[1], last.shape[2])
    let ends = last.reshaped([texts, count * channels])
      .channels((count - 1) * channels..<count * channels)
    return model.logits(of: ends)
  }

  /// Goes on with some of the texts, as many of each image.
  public mutating func select(_ texts: [Int]) {
    let images = texts.map { $0 / textsPerImage }
    let kept = images.indices.filter { $0 == 0 || images[$0] != images[$0 - 1] }.map { images[$0] }
    precondition(
      texts.count % kept.count == 0
        && images == kept.flatMap { [Int](repeating: $0, count: texts.count / kept.count) },
      "BlipDecoding: the texts \(texts) are not as many of each image, image by image")
    known = known.map { $0?.selecting(samples: texts) }
    if kept != Array(0..<seen[0].samples) {
      seen = seen.map { $0.selecting(samples: kept) }
    }
  }

  /// The embedded tokens, then the result of every layer, each `[N, L, hiddenSize]`.
  mutating func states(of tokens: [[Int32]]) -> [Tensor] {
    let (texts, count) = (tokens.count, tokens.first?.count ?? 0)
    let longest = model.configuration.maxPositionEmbeddings
    precondition(
      count > 0 && length + count <= longest && tokens.allSatisfy { $0.count == count },
      "BlipTextLMHeadModel: \(tokens.map(\.count)) tokens behind \(length) must be as many in each text, "
        + "\(longest) at most")
    let words = model.wordEmbedding(
      Tensor(tokens.flatMap { $0 }, [texts, count], on: model.wordEmbedding.table.device))
    let places = model.positionEmbedding.table.samples(length..<length + count)
    var states = [model.norm(words + places)]
    for (index, layer) in model.layers.enumerated() {
      states.append(layer(states[index], known: &known[index], seen: seen[index]))
    }
    length += count
    return states
  }
}
