import Tensors
import TestSupport
import Testing

@Suite struct LayerNormTests {
  @Test(arguments: Device.underTest, ["plain", "wide", "largeMean"])
  func matchesPyTorch(on device: Device, _ name: String) throws {
    let fixture = try Fixture("ops/layer_norm", on: device)
    let y = fixture["\(name).x"]
      .layerNorm(weight: fixture["\(name).weight"], bias: fixture["\(name).bias"])
    expectClose(y, fixture["\(name).y"])
  }

  @Test(arguments: Device.underTest, [1, 3, 4, 15, 16, 17, 33, 1280])
  func matchesTheDefinitionOnAwkwardShapes(on device: Device, _ channels: Int) {
    let x = Tensor.normal([3, 77, channels], seed: 14, on: device)
    let y = x.layerNorm(
      weight: Tensor(repeating: 1, [channels], on: device),
      bias: Tensor(repeating: 0, [channels], on: device))
    expectClose(y, Reference.layerNorm(x, epsilon: 1e-5))
  }

  @Test func trapsWhenTheWeightHasAnotherLength() async {
    await #expect(processExitsWith: .failure) {
      let one = Tensor(repeating: 1, [3], on: .sharedCPU)
      _ = Tensor(repeating: 0, [2, 4], on: .sharedCPU).layerNorm(weight: one, bias: one)
    }
  }
}
