import NeuralLayers
public import Tensors

/// An ``OPTForCausalLM`` in the middle of its texts: the keys and values of what was read so far.
public struct OPTDecoding: TokenDecoder {
  let model: OPTForCausalLM
  /// Of each layer.
  private var known: [KeysAndValues?]
  /// What the first tokens of the texts stand for, `[N, Q, hiddenSize]`, until it is read; nil for words alone.
  private var prefix: Tensor?
  private var length = 0

  /// Begins texts.
  ///
  /// - Parameters:
  ///   - model: What reads.
  ///   - prefix: What as many first tokens of each text stand for, such as an image, `[N, Q, hiddenSize]`.
  init(_ model: OPTForCausalLM, prefix: Tensor? = nil) {
    self.model = model
    self.prefix = prefix
    known = [KeysAndValues?](repeating: nil, count: model.layers.count)
  }

  /// Reads the next tokens of every text; the first time, those that stand for the prefix come with words behind.
  public mutating func callAsFunction(_ tokens: [[Int32]]) -> Tensor {
    let states = states(of: tokens)
    let last = states[states.count - 1]
    let (texts, count, channels) = (last.shape[0], last.shape[1], last.shape[2])
    let ends = last.reshaped([texts, count * channels])
      .channels((count - 1) * channels..<count * channels)
    return model.logits(of: ends)
  }

  /// Goes on with some of the texts.
  public mutating func select(_ texts: [Int]) {
    known = known.map { $0?.selecting(samples: texts) }
  }

  /// The embedded tokens, then the result of every layer, each `[N, L, hiddenSize]`, before the last normalisation.
  package mutating func states(of tokens: [[Int32]]) -> [Tensor] {
    let count = tokens.first?.count ?? 0
    let (placeholders, longest) = (prefix?.shape[1] ?? 0, model.configuration.maxPositionEmbeddings)
    precondition(
      count > placeholders && length + count <= longest
        && tokens.allSatisfy { $0.count == count },
      "OPTForCausalLM: \(tokens.map(\.count)) tokens behind \(length) must be as many in each text, more than "
        + "\(placeholders), \(longest) at most")
    let words = model.embed(tokens.map { Array($0.dropFirst(placeholders)) })
    let embedded = prefix.map { .concatenate(tokens: [$0, words]) } ?? words
    prefix = nil
    var states = [embedded + model.positions(length..<length + count)]
    for (index, layer) in model.layers.enumerated() {
      states.append(layer(states[index], known: &known[index]))
    }
    length += count
    return states
  }
}
