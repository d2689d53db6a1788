import Tensors
import TestSupport
import Testing

@Suite struct GatherTests {
  @Test(arguments: Device.underTest)
  func takesRowsInTheShapeOfTheIndices(on device: Device) {
    let table = Tensor((0..<12).map { Float($0) }, [4, 3], on: device)
    let y = table.gather(Tensor([3, 0, 0, 2] as [Int32], [2, 2], on: device))
    #expect(y.shape == [2, 2, 3])
    #expect(y.floats() == [9, 10, 11, 0, 1, 2, 0, 1, 2, 6, 7, 8])
  }

  @Test(arguments: [-1, 4] as [Int32])
  func trapsOutsideTheTable(_ index: Int32) async {
    await #expect(processExitsWith: .failure) { [index] in
      let table = Tensor(repeating: 0, [4, 3], on: .sharedCPU)
      _ = table.gather(Tensor([index], [1], on: .sharedCPU))
    }
  }
}
