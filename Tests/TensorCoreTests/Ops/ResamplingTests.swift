import TensorCore
import TestSupport
import Testing

@Suite struct ResamplingTests {
  @Test(arguments: Device.underTest, ["double", "odd", "triple", "same", "rounded"])
  func upsampleNearestMatchesPyTorch(on device: Device, _ name: String) throws {
    let fixture = try Fixture("ops/resampling", on: device)
    let expected = fixture["upsample.\(name).y"]
    let y = fixture["upsample.\(name).x"].channelsLast()
      .upsampleNearest(height: expected.shape[2], width: expected.shape[3])
    expectClose(y.channelsFirst(), expected, within: .exact)
  }

  @Test(arguments: Device.underTest, ["even", "odd", "pixel"])
  func averagePoolMatchesPyTorch(on device: Device, _ name: String) throws {
    let fixture = try Fixture("ops/resampling", on: device)
    let y = fixture["averagePool.\(name).x"].channelsLast().averagePool()
    expectClose(
      y.channelsFirst(), fixture["averagePool.\(name).y"], within: Tolerance(relative: 1e-6))
  }

  @Test(arguments: Device.underTest, [2, 8])
  func pixelUnshuffleMatchesPyTorch(on device: Device, _ factor: Int) throws {
    let fixture = try Fixture("ops/resampling", on: device)
    let y = fixture["pixelUnshuffle.\(factor).x"].channelsLast().pixelUnshuffle(factor)
    expectClose(y.channelsFirst(), fixture["pixelUnshuffle.\(factor).y"], within: .exact)
  }

  @Test(arguments: Device.underTest)
  func insertZerosSpreadsThePixels(on device: Device) {
    let x = Tensor([1, 2, 3, 4] as [Float], [1, 2, 2, 1], on: device)
    let y = x.insertZeros(stride: 3)
    #expect(y.shape == [1, 4, 4, 1])
    #expect(y.floats() == [1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 4])
    #expect(x.insertZeros(stride: 1).floats() == x.floats())
  }

  @Test func pixelUnshuffleTrapsOnASizeItDoesNotDivide() async {
    await #expect(processExitsWith: .failure) {
      _ = Tensor(repeating: 0, [1, 4, 6, 1], on: .sharedCPU).pixelUnshuffle(4)
    }
  }
}
