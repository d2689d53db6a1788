import Tensors
import TestSupport
import Testing

@Suite struct MatmulTests {
  @Test(arguments: Device.underTest, ["rank1", "rank2", "rank3", "rank4", "deep"])
  func matchesPyTorch(on device: Device, _ name: String) throws {
    let fixture = try Fixture("ops/matmul", on: device)
    let x = fixture["\(name).x"]
    let weight = PackedWeight(matrix: fixture["\(name).weight"])
    let bias = fixture["\(name).bias"]
    expectClose(x.matmul(weight, MatmulOptions(bias: bias)), fixture["\(name).y"])
    let finished = x.matmul(
      weight, MatmulOptions(bias: bias, activation: .silu, residual: fixture["\(name).residual"]))
    expectClose(finished, fixture["\(name).siluPlusResidual"])
  }

  /// Rows around tiles of 4 and 12, outputs around panels of 8 and 32, depths around blocks of 256.
  @Test(
    arguments: Device.underTest,
    [
      [1, 1, 1], [1, 255, 8], [3, 256, 9], [11, 257, 31], [12, 512, 32], [13, 513, 33],
      [25, 17, 65], [241, 33, 3], [500, 3, 17], [26, 1281, 33], [12, 2600, 32], [14, 1500, 70],
    ])
  func matchesTheDefinitionOnAwkwardShapes(on device: Device, _ size: [Int]) {
    let x = Tensor.normal([size[0], size[1]], seed: 3, on: device)
    let weight = Tensor.normal([size[2], size[1]], seed: 4, on: device)
    let expected = Reference.matmul(x, weight)
    let packed = PackedWeight(matrix: weight)
    expectClose(x.matmul(packed), expected)
    // All rows as one sample are cut into other blocks.
    let whole = x.reshaped([1, size[0], size[1]]).matmul(packed)
    expectClose(whole, expected.reshaped(whole.shape))
  }

  @Test func trapsWhenInputsDiffer() async {
    await #expect(processExitsWith: .failure) {
      let weight = PackedWeight(matrix: Tensor(repeating: 0, [2, 4], on: .sharedCPU))
      _ = Tensor(repeating: 0, [3, 5], on: .sharedCPU).matmul(weight)
    }
  }

  @Test func trapsWhenTheResidualHasAnotherShape() async {
    await #expect(processExitsWith: .failure) {
      let weight = PackedWeight(matrix: Tensor(repeating: 0, [2, 5], on: .sharedCPU))
      let residual = Tensor(repeating: 0, [2, 2], on: .sharedCPU)
      _ = Tensor(repeating: 0, [3, 5], on: .sharedCPU)
        .matmul(weight, MatmulOptions(residual: residual))
    }
  }
}
