import ImageFiles
import Testing

@Suite struct GaussianBlurTests {
  @Test func blursAsPillowDoes() throws {
    let expected = try ExpectedSamples("blur")
    let sources = expected.cases.filter { $0.radius == 0 }.map(expected.image)
    let cases = expected.cases.filter { ($0.radius ?? 0) > 0 }
    #expect(cases.count == 10)
    for wanted in cases {
      let source = try #require(sources.first { $0.channels == wanted.channels })
      let radius = try #require(wanted.radius)
      let found = source.gaussianBlurred(radius: radius)
      #expect(found.pixels == expected.samples(wanted), "\(radius), \(wanted.channels) channels")
    }
  }

  @Test func noRadiusChangesNothing() {
    let image = Image(width: 3, height: 2, channels: 1, pixels: [9, 200, 30, 4, 50, 255])
    #expect(image.gaussianBlurred(radius: 0) == image)
  }
}
