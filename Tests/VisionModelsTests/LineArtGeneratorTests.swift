import Tensors
import TestSupport
import Testing
import VisionModels

@Suite struct LineArtGeneratorTests {
  @Test(arguments: Device.backendsUnderTest)
  func drawsAsTheOriginal(device: Device) throws {
    let f = try ModelFixture<LineArtGenerator>("line_art", on: device)
    expectClose(f.model(f.map("image")), f.map("lines"), within: .float32)
  }

  @Test func thePresetIsThePublishedConfiguration() throws {
    try expectPublished(LineArtConfiguration(), "lineart")
  }
}
