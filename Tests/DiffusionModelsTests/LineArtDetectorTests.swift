import DiffusionModels
import TensorCore
import TestSupport
import Testing

@Suite struct LineArtDetectorTests {
  @Test(arguments: Device.backendsUnderTest)
  func drawsAsTheOriginal(device: Device) throws {
    let f = try ModelFixture<LineArtDetector>("line_art", on: device)
    expectClose(f.model(f.map("image")), f.map("lines"), within: .float32)
  }
}
