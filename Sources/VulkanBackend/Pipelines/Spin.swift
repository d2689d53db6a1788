import Tensors

private struct SpinArguments {
  var y: UInt64
  var rounds: UInt32
  var factor: Float
}

extension VulkanBackend {
  /// Keeps the device busy with multiplications and additions in registers, and waits.
  ///
  /// The time it takes tells what the device can do with single precision outside its matrix units.
  ///
  /// - Returns: Number of floating-point operations.
  package func spin(rounds: Int) -> Double {
    let (groups, threads, chains) = (1024, 256, 16)
    let work = Work(operation: "spin", result: [groups, threads])
    let result = scratch(4, work)
    dispatch(
      "spin", SpinArguments(y: result.address, rounds: UInt32(rounds), factor: 0.5), Grid(groups),
      reads: [], writes: [result.range], work)
    synchronize()
    return Double(2 * groups * threads * chains) * Double(rounds)
  }
}
