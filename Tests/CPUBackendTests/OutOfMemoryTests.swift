import CPUBackend
import TensorCore
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

  /// Every operation that a model uses, on a device without memory.
  @Test func leavesEveryOperationUndone() throws {
    let device = device(memoryLimit: 1 << 20)
    _ = Tensor(repeating: 1, [1 << 22], on: device)
    #expect(throws: OutOfMemory.self) { try device.check() }
    let map = Tensor(repeating: 1, [1, 8, 8, 64], on: device)
    let kernel = PackedWeight(kernel: Tensor(repeating: 1, [64, 64, 3, 3], on: device))
    let matrix = PackedWeight(matrix: Tensor(repeating: 1, [64, 64], on: device))
    let convolved = map.conv2D(kernel, Conv2DOptions(padding: Padding(1)))
    let tokens = convolved.reshaped([1, 64, 64]).matmul(matrix)
    let attended = tokens.attention(keys: tokens, values: tokens, heads: 4)
    let factors = Tensor([Float(1)], [1], on: device)
    let results = [
      attended, .combine([attended], factors: factors), attended.clamped(to: 1),
      map.upsampleNearest(height: 16, width: 16), map.averagePool(), map.channelsFirst(),
      tokens.reshaped([64, 64]).gather(Tensor([Int32(3)], [1], on: device)),
      .stack(samples: [map, map]), map.cast(to: .float16),
    ]
    for result in results { #expect(result.floats().count == result.shape.count) }
  }

  @Test func saysHowMuchIsLeft() throws {
    let backend = CPUBackend(threads: 1, memoryLimit: 1 << 24)
    #expect(backend.availableMemory == 1 << 24)
    let tensor = Tensor(repeating: 0, [1 << 20], on: Device(backend))
    #expect(backend.availableMemory == 1 << 24 - tensor.byteCount)
  }
}
