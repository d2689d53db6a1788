import Tensors
import TestSupport
import Testing

@Suite struct GatedMatmulTests {
  // Rows around tiles, outputs that fill panels and that do not, depths around steps and too deep for
  // one pass.
  @Test(
    arguments: Device.underTest,
    [
      [1, 16, 32], [13, 320, 64], [25, 257, 96], [241, 513, 32], [40, 1280, 32], [30, 2600, 32],
      [7, 33, 3], [60, 40, 40],
    ])
  func isTheProductOfValuesAndGates(on device: Device, _ size: [Int]) {
    let (rows, inputs, outputs) = (size[0], size[1], size[2])
    let x = Tensor.normal([rows, inputs], seed: 1, on: device)
    let matrix = Tensor.normal([2 * outputs, inputs], seed: 2, scale: 0.1, on: device)
    let bias = Tensor.normal([2 * outputs], seed: 3, on: device)
    let weight = PackedWeight(matrix: matrix)
    let expected = x.matmul(weight, MatmulOptions(bias: bias)).geglu()
    expectClose(x.gatedMatmul(weight, bias: bias), expected)
    expectClose(x.gatedMatmul(weight), Reference.matmul(x, matrix).geglu())
  }

  @Test(arguments: Device.underTest)
  func keepsTheBatch(on device: Device) {
    let x = Tensor.normal([2, 5, 24], seed: 1, on: device)
    let weight = PackedWeight(matrix: .normal([64, 24], seed: 2, on: device))
    let y = x.gatedMatmul(weight)
    #expect(y.shape == [2, 5, 32])
    expectClose(
      x.samples(1..<2).gatedMatmul(weight), y.samples(1..<2).floats(), within: .exact)
  }

  @Test func trapsWhenInputsDiffer() async {
    await #expect(processExitsWith: .failure) {
      let weight = PackedWeight(matrix: Tensor(repeating: 0, [2, 4], on: .sharedCPU))
      _ = Tensor(repeating: 0, [3, 5], on: .sharedCPU).gatedMatmul(weight)
    }
  }

  @Test func trapsWhenThereIsNoSecondHalf() async {
    await #expect(processExitsWith: .failure) {
      let weight = PackedWeight(matrix: Tensor(repeating: 0, [3, 5], on: .sharedCPU))
      _ = Tensor(repeating: 0, [3, 5], on: .sharedCPU).gatedMatmul(weight)
    }
  }
}
