extension Tensor {
  /// Looks rows up in a table, the receiver being the `[rows, C]` table.
  ///
  /// - Parameter indices: `int32` row numbers of any shape; each must be within the table.
  /// - Returns: The indices' shape with `C` appended.
  /// - Complexity: A copy of the rows that are looked up.
  public func gather(_ indices: Tensor) -> Tensor {
    precondition(
      shape.rank == 2 && indices.dtype == .int32,
      "gather: needs a table and int32 indices, got \(shape) and \(indices.dtype)")
    let y = Tensor(Shape(indices.shape.dimensions + [shape[1]]), dtype, on: device)
    device.backend.gather(self, indices, into: y)
    return y
  }
}
