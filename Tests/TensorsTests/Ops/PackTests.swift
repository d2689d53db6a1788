import Tensors
import TestSupport
import Testing

@Suite struct PackTests {
  @Test(arguments: Device.underTest, [1, 2, 3, 6])
  func knowsTheExtentsOfGroups(on device: Device, _ groups: Int) {
    let kernel = Tensor.normal([6, 6 / groups, 3, 5], seed: 50, on: device)
    let weight = PackedWeight(kernel: kernel, groups: groups)
    #expect(weight.shape == kernel.shape)
    #expect((weight.inputs, weight.outputs) == (6, 6))
    #expect(weight.groups == groups)
  }

  @Test func trapsOnGroupsThatDoNotDivideTheOutputs() async {
    await #expect(processExitsWith: .failure) {
      _ = PackedWeight(kernel: Tensor(repeating: 0, [4, 1, 3, 3], on: .sharedCPU), groups: 3)
    }
  }

  @Test func trapsOnAMatrixOfFourAxes() async {
    await #expect(processExitsWith: .failure) {
      _ = PackedWeight(matrix: Tensor(repeating: 0, [4, 1, 3, 3], on: .sharedCPU))
    }
  }
}
