import Tensors
import TestSupport
import Testing

@Suite struct PixelUnshuffleTests {
  @Test(arguments: Device.underTest, [2, 8])
  func matchesPyTorch(on device: Device, _ factor: Int) throws {
    let fixture = try Fixture("ops/pixel_unshuffle", on: device)
    let y = fixture["\(factor).x"].channelsLast().pixelUnshuffle(factor)
    expectClose(y.channelsFirst(), fixture["\(factor).y"], within: .exact)
  }

  @Test func trapsOnASizeItDoesNotDivide() async {
    await #expect(processExitsWith: .failure) {
      _ = Tensor(repeating: 0, [1, 4, 6, 1], on: .sharedCPU).pixelUnshuffle(4)
    }
  }
}
