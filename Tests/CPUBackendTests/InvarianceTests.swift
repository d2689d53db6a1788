import CPUBackend
import Tensors
import TestSupport
import Testing

@Suite struct InvarianceTests {
  @Test(arguments: CPULevel.available, BatchOperation.all)
  func resultsDoNotDependOnTheNumberOfThreads(_ level: CPULevel, _ operation: BatchOperation) {
    let results = [1, 2, 3, 5].map { threads in
      let device = Device.cpu(threads: threads, level: level)
      return bits(operation.apply(.normal(operation.shape, seed: 21, on: device)))
    }
    #expect(results.dropFirst().allSatisfy { $0 == results[0] })
  }

  @Test func theIdentityIsWhatResultsDependOn() {
    func identity(_ device: Device) -> String { device.backend.identity }
    for level in CPULevel.available {
      let device = Device.cpu(threads: 1, level: level)
      #expect(identity(device) == identity(.cpu(threads: 3, level: level)))
      #expect(identity(device) != identity(.cpu(threads: 1, level: level, winograd: false)))
    }
    let levels = CPULevel.available.map { identity(.cpu(threads: 1, level: $0)) }
    #expect(Set(levels).count == levels.count)
  }

  @Test(arguments: Device.underTest, BatchOperation.all)
  func aSampleDoesNotDependOnItsBatch(on device: Device, _ operation: BatchOperation) {
    let x = Tensor.normal(operation.shape, seed: 22, on: device)
    let batch = operation.apply(x)
    for sample in 0..<x.shape[0] {
      let alone = operation.apply(x.samples(sample..<sample + 1))
      let isSame = bits(alone) == bits(batch.samples(sample..<sample + 1))
      #expect(isSame, "sample \(sample)")
    }
  }

  @Test(arguments: Device.underTest)
  func aSampleDoesNotDependOnItsNeighboursNaN(on device: Device) {
    for operation in BatchOperation.all {
      let x = Tensor.normal(operation.shape, seed: 23, on: device)
      let bad = Tensor(repeating: .nan, x.samples(0..<1).shape, on: device)
      let y = operation.apply(.stack(samples: [bad, x.samples(1..<2), bad]))
      let alone = operation.apply(x.samples(1..<2))
      let isSame = bits(y.samples(1..<2)) == bits(alone)
      #expect(isSame, "\(operation.testDescription)")
    }
  }

  @Test(arguments: CPULevel.available)
  func levelsAgreeUpToRounding(_ level: CPULevel) {
    let device = Device.cpu(threads: 2, level: level)
    for operation in BatchOperation.all {
      let found = operation.apply(.normal(operation.shape, seed: 24, on: device))
      let reference = Device.cpu(threads: 2, level: .portable)
      let expected = operation.apply(.normal(operation.shape, seed: 24, on: reference))
      expectClose(found, expected.floats(), within: operation.tolerance)
    }
  }

  private func bits(_ tensor: Tensor) -> [UInt32] { tensor.floats().map(\.bitPattern) }
}
