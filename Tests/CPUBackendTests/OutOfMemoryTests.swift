import CPUBackend
import Tensors
import Testing

/// A processor that may take less memory than its work needs.
@Suite struct OutOfMemoryTests {
  private func device(memoryLimit: Int) -> Device {
    Device(CPUBackend(threads: 2, memoryLimit: memoryLimit))
  }

  @Test func reportsMemoryThatIsNotToBeHad() throws {
    let device = device(memoryLimit: 1 << 23)
    let small = Tensor([Float](repeating: 2, count: 1000), [1000], on: device)
    try device.check()
    let large = Tensor(repeating: 1, [1 << 22], on: device)
    let error = try #require(throws: OutOfMemory.self) { try device.check() }
    #expect(error.description.contains("\(4 << 22) bytes"))
    // Nothing is touched from here on, and nothing traps.
    #expect((large + large).floats().count == 1 << 22)
    #expect(small.silu().floats().count == 1000)
  }

  @Test(arguments: BatchOperation.all)
  func leavesEveryOperationUndone(_ operation: BatchOperation) throws {
    let device = device(memoryLimit: 1 << 20)
    _ = Tensor(repeating: 1, [1 << 22], on: device)
    #expect(throws: OutOfMemory.self) { try device.check() }
    let result = operation.apply(Tensor(repeating: 1, operation.shape, on: device))
    #expect(result.floats().count == result.shape.count)
  }

  @Test func saysHowMuchIsLeft() throws {
    let backend = CPUBackend(threads: 1, memoryLimit: 1 << 24)
    #expect(backend.availableMemory == 1 << 24)
    let tensor = Tensor(repeating: 0, [1 << 20], on: Device(backend))
    #expect(backend.availableMemory == 1 << 24 - tensor.byteCount)
  }
}
