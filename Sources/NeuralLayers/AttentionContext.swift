import Checkpoints
public import Tensors

/// Makes what an attention attends to: the projections of keys and values, which may come from elsewhere than the
/// attention's own.
public struct AttentionContext: Sendable {
  let key, value: Linear
  let heads: Int

  /// Joins projections.
  ///
  /// - Parameters:
  ///   - key: Makes keys.
  ///   - value: Makes values.
  ///   - heads: Number of heads; divides the projections' outputs.
  public init(key: Linear, value: Linear, heads: Int) {
    (self.key, self.value, self.heads) = (key, value, heads)
  }

  /// How queries, keys, values and what comes of them are stored.
  var headType: DType {
    key.weight.device.backend.operandType(
      for: key.weight.precision, channels: key.weight.outputs / heads)
  }

  /// Projects a source, `[N, S, inputs]`.
  public func callAsFunction(_ source: Tensor) -> KeysAndValues {
    KeysAndValues(keys: key(source, as: headType), values: value(source, as: headType))
  }
}

/// Keys and values of one attention, each `[N, S, channels]`.
public struct KeysAndValues: Sendable {
  let keys, values: Tensor

  /// N.
  public var samples: Int { keys.shape[0] }

  /// These and others behind them, `[N, S + S′, channels]`.
  public func joined(with others: KeysAndValues) -> KeysAndValues {
    KeysAndValues(
      keys: .concatenate(tokens: [keys, others.keys]),
      values: .concatenate(tokens: [values, others.values]))
  }

  /// Those of the last samples, without a copy.
  public func suffix(_ count: Int) -> KeysAndValues {
    let last = samples - count..<samples
    return KeysAndValues(keys: keys.samples(last), values: values.samples(last))
  }

  /// Those of some samples, in their order; a sample may come several times.
  public func selecting(samples: [Int]) -> KeysAndValues {
    func selected(_ x: Tensor) -> Tensor {
      .stack(samples: samples.map { x.samples($0..<$0 + 1) })
    }
    return KeysAndValues(keys: selected(keys), values: selected(values))
  }
}
