import Tensors
import TestSupport
import Testing

@Suite struct ClampTests {
  @Test(arguments: Device.underTest, [1, 17, 40_000])
  func limitsEveryElement(on device: Device, _ count: Int) {
    let x = Tensor.normal([count], seed: 41, scale: 3, on: device)
    #expect(x.clamped(to: 2).floats() == x.floats().map { min(max($0, -2), 2) })
    #expect(x.clamped(to: -1...0.5).floats() == x.floats().map { min(max($0, -1), 0.5) })
  }

  @Test(arguments: Device.underTest)
  func keepsANaNAndLimitsAnInfinity(on device: Device) {
    let x = Tensor([.nan, .infinity, -.infinity], [3], on: device)
    let y = x.clamped(to: -3...4).floats()
    #expect(y[0].isNaN)
    #expect(y[1...] == [4, -3])
  }

  @Test func trapsOnANegativeLimit() async {
    await #expect(processExitsWith: .failure) {
      _ = Tensor(repeating: 0, [2], on: .sharedCPU).clamped(to: -1)
    }
  }
}
