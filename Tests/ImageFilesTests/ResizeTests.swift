import ImageFiles
import Testing

@Suite struct ResizeTests {
  static let filters: [(String, ResizeFilter)] = [
    ("nearest", .nearest), ("bicubic", .bicubic), ("lanczos", .lanczos), ("bilinear", .bilinear),
    ("triangle", .triangle), ("cubic", .cubic), ("lanczos4", .lanczos4), ("area", .area),
  ]

  @Test(arguments: filters)
  func everyFilterEqualsItsModel(name: String, filter: ResizeFilter) throws {
    let expected = try ExpectedSamples("resize")
    let sources = expected.cases.filter { $0.filter == "source" }.map(expected.image)
    let cases = expected.cases.filter { $0.filter == name }
    #expect(cases.count == 14)
    for wanted in cases {
      let source = try #require(sources.first { $0.channels == wanted.channels })
      let found = source.resized(width: wanted.width, height: wanted.height, filter)
      let difference = largestDifference(found.pixels, expected.samples(wanted))
      #expect(
        difference == 0,
        "\(name) to \(wanted.width)×\(wanted.height)×\(wanted.channels)")
    }
  }

  @Test(arguments: ResizeFilter.allCases)
  func aPlainPictureStaysPlain(filter: ResizeFilter) {
    for level in [0, 1, 128, 255] as [UInt8] {
      let plain = Image(width: 7, height: 5, channels: 3, fill: level)
      for (width, height) in [(3, 2), (640, 3), (1, 1), (8, 6)] {
        let resized = plain.resized(width: width, height: height, filter)
        #expect(resized == Image(width: width, height: height, channels: 3, fill: level))
      }
    }
  }

  @Test(arguments: ResizeFilter.allCases)
  func theSameSizeChangesNothing(filter: ResizeFilter) {
    let image = Image(width: 3, height: 2, channels: 1, pixels: [9, 200, 30, 4, 50, 255])
    #expect(image.resized(width: 3, height: 2, filter) == image)
  }

  @Test(arguments: ResizeFilter.allCases)
  func howManyRowsAreInWorkAtOnceChangesNothing(filter: ResizeFilter) {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<12 {
      let side = { Int.random(in: 1...70, using: &random) }
      let (width, height, channels) = (side(), side(), Bool.random() ? 1 : 3)
      let pixels = (0..<width * height * channels).map { _ in UInt8.random(in: 0...255) }
      let image = Image(width: width, height: height, channels: channels, pixels: pixels)
      let (newWidth, newHeight) = (side(), side())
      let atOnce = image.resized(width: newWidth, height: newHeight, filter)
      for samples in [1, 300, 2000] {
        let inStrips = image.resized(
          width: newWidth, height: newHeight, filter, samplesInWork: samples)
        #expect(inStrips == atOnce, "\(image.size)×\(channels) to \(newWidth)×\(newHeight)")
      }
    }
  }

  @Test func labelsTakeTheIdAtTheCentreAndKeepThePalette() {
    let mask = LabelImage(width: 4, height: 1, ids: [1, 2, 3, 4], palette: Palette.voc)
    let smaller = mask.resizedNearest(width: 2, height: 1)
    #expect(smaller.ids == [2, 4] && smaller.palette == Palette.voc)
    #expect(mask.resizedNearest(width: 8, height: 1).ids == [1, 1, 2, 2, 3, 3, 4, 4])
  }
}
