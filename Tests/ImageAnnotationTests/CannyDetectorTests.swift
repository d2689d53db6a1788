import ImageAnnotation
import ImageFiles
import TestSupport
import Testing

/// An image that `tools/fixtures/augmentation_priors.py` made.
private func fixture(_ name: String) throws -> Image {
  try Image(contentsOf: Fixture.url("augmentation/\(name).png"))
}

@Suite struct CannyDetectorTests {
  @Test(arguments: ["landscape", "portrait", "grey", "row", "column", "tiny", "ties"])
  func equalsOpenCV(name: String) throws {
    let edges = CannyDetector()(try fixture("\(name)_picture"))
    #expect(edges == (try fixture("\(name)_canny").grey()))
  }

  @Test func theFixturesHaveEdges() throws {
    for name in ["landscape", "portrait", "grey", "ties"] {
      #expect(try fixture("\(name)_canny").grey().pixels.filter { $0 == 255 }.count > 100)
    }
  }

  @Test func followsWeakEdgesFromStrongOnes() {
    // A step that fades from 80 to 26 levels downwards: strong above, weak below, none detached.
    var image = Image(width: 9, height: 30, channels: 1, fill: 0)
    for y in 0..<30 { for x in 5..<9 { image.pixels[y * 9 + x] = UInt8(80 - 54 * y / 29) } }
    let whole = CannyDetector()(image)
    #expect((2..<28).allSatisfy { whole.pixels[$0 * 9..<$0 * 9 + 9].contains(255) })

    let weak = Image(width: 9, height: 10, channels: 1, pixels: Array(image.pixels[180...]))
    #expect(!CannyDetector()(weak).pixels.contains(255))
  }
}
