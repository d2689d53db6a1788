import Tensors
import TestSupport
import Testing

@Suite struct ResizeTests {
  private static let names = [
    "double", "odd", "triple", "same", "smaller", "pixel", "line", "rounded",
  ]

  @Test(arguments: Device.underTest, names)
  func takesTheNearestPixelsOfPyTorch(on device: Device, _ name: String) throws {
    let fixture = try Fixture("ops/resize", on: device)
    expectClose(
      resized(fixture, name, .nearest), fixture["\(name).nearest"], within: .exact)
  }

  @Test(arguments: Device.underTest, names)
  func findsPixelsBetweenPixelsAsPyTorch(on device: Device, _ name: String) throws {
    let fixture = try Fixture("ops/resize", on: device)
    for mode in [ResizeMode.bilinear, .bicubic] {
      expectClose(resized(fixture, name, mode), fixture["\(name).\(mode)"])
      expectClose(
        resized(fixture, name, mode, alignCorners: true), fixture["\(name).\(mode)Aligned"])
    }
  }

  private func resized(
    _ fixture: Fixture, _ name: String, _ mode: ResizeMode, alignCorners: Bool = false
  ) -> Tensor {
    let size = fixture["\(name).nearest"].shape
    return fixture["\(name).x"].channelsLast()
      .resize(
        to: MapSize(height: size[2], width: size[3]), mode, alignCorners: alignCorners
      ).channelsFirst()
  }

  /// Channels around registers; a size that divides nothing.
  @Test(arguments: Device.underTest, [1, 3, 17, 33])
  func matchesTheDefinitionOnAwkwardShapes(on device: Device, _ channels: Int) {
    let x = Tensor.normal([2, 5, 7, channels], seed: 50, on: device)
    let size = MapSize(height: 13, width: 11)
    for alignCorners in [false, true] {
      expectClose(
        x.resize(to: size, .bilinear, alignCorners: alignCorners),
        Reference.bilinear(x, to: size, alignCorners: alignCorners))
    }
  }

  @Test func trapsOnAlignedCornersOfTheNearestPixel() async {
    await #expect(processExitsWith: .failure) {
      _ = Tensor(repeating: 0, [1, 4, 4, 1], on: .sharedCPU)
        .resize(to: 8, .nearest, alignCorners: true)
    }
  }
}
