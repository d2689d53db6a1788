import Tensors
import TestSupport
import Testing

@Suite struct GegluTests {
  @Test(arguments: Device.underTest)
  func matchesPyTorch(on device: Device) throws {
    let fixture = try Fixture("ops/elementwise", on: device)
    expectClose(fixture["geglu.x"].geglu(), fixture["geglu.y"])
  }

  @Test func trapsOnAnOddRow() async {
    await #expect(processExitsWith: .failure) {
      _ = Tensor(repeating: 0, [2, 5], on: .sharedCPU).geglu()
    }
  }
}
