public import Checkpoints
import Tensors

extension Linear {
  /// Reads matrices that a file has one below the other, such as those of queries, keys and values.
  ///
  /// - Parameters:
  ///   - count: How many there are.
  ///   - p: Where the matrices, `[count · outputs, inputs]`, and the biases, `[count · outputs]`, are.
  ///   - names: What both are called there.
  ///   - inputs: Channels of the input.
  ///   - outputs: Channels of each matrix's result.
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public static func parts(
    _ count: Int, of p: Parameters,
    named names: (weight: String, bias: String) = ("weight", "bias"), from inputs: Int,
    to outputs: Int
  ) throws -> [Linear] {
    let weight = try p.tensor(names.weight, [count * outputs, inputs])
    let bias = try p.tensor(names.bias, [count * outputs])
    return (0..<count).map { part in
      let rows = part * outputs..<(part + 1) * outputs
      return Linear(p.pack(weight.samples(rows)), bias: bias.samples(rows))
    }
  }
}
