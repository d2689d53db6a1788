import Tensors
import TestSupport
import Testing

@Suite struct BatchOperationTests {
  /// What a device is asked for in all of them together, each operation being a file of its own.
  @Test func allOperationsAreAmongThem() throws {
    let asked = try DeviceWork { device in
      {
        for operation in BatchOperation.all {
          _ = operation.apply(Tensor(operation.shape, on: device))
        }
      }
    }.dispatches.keys.map { $0.lowercased() }
    let names = Set(try OperationFiles.stems(in: "Sources/Tensors/Ops").map { $0.lowercased() })
    // Weights are packed outside of the work that is counted.
    #expect(names.subtracting(asked) == ["pack"])
  }
}
