import DiffusionModels
import TestSupport
import Testing

@Suite struct LineArtDetectorTests {
  @Test func drawsAsTheOriginal() throws {
    let f = try ModelFixture<LineArtDetector>("line_art")
    expectClose(f.model(f.map("image")), f.map("lines"), within: .float32)
  }
}
