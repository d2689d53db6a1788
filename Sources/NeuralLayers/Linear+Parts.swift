public import Checkpoints
import Tensors

extension Linear {
  /// Reads matrices that a file has one below the other, such as those of queries, keys and values.
  ///
  /// - Parameters:
  ///   - count: How many there are.
  ///   - p: Where `weight`, `[count · outputs, inputs]`, and `bias`, `[count · outputs]`, are.
  ///   - inputs: Channels of the input.
  ///   - outputs: Channels of each matrix's result.
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public static func parts(
    _ count: Int, of p: Parameters, from inputs: Int, to outputs: Int
  ) throws -> [Linear] {
    let weight = try p.tensor("weight", [count * outputs, inputs])
    let bias = try p.tensor("bias", [count * outputs])
    return (0..<count).map { part in
      let rows = part * outputs..<(part + 1) * outputs
      return Linear(p.pack(weight.samples(rows)), bias: bias.samples(rows))
    }
  }
}
