import DiffusionModels
import DiffusionPipelines
import ImageFiles
import Testing

/// Which square around a thing is painted, and which of its pixels come back.
@Suite struct MaskedCropTests {
  private typealias Box = (x: Int, y: Int, width: Int, height: Int)
  private static let size = ImageSize(width: 32, height: 32)

  /// Each pixel tells its place.
  private static func image(_ width: Int, _ height: Int) -> Image {
    Image(
      width: width, height: height, channels: 3,
      pixels: (0..<width * height).flatMap { [UInt8($0 % width), UInt8($0 / width), 77] })
  }

  private static func mask(_ box: Box, in image: Image) -> Image {
    var mask = Image(width: image.width, height: image.height, channels: 1, fill: 0)
    mask.paste(
      Image(width: box.width, height: box.height, channels: 1, fill: 255), x: box.x, y: box.y)
    return mask
  }

  private static func crop(
    _ box: Box, in image: Image, _ settings: MaskedCrop.Settings = .init()
  ) -> MaskedCrop {
    MaskedCrop(of: image, mask: mask(box, in: image), box: box, painting: size, settings)
  }

  /// The corner pixels of what is painted tell which square of the image it is.
  @Test(arguments: [
    // In the middle: 16 around 8.
    (Box(x: 40, y: 30, width: 8, height: 8), 2.0, 1, (36, 26, 51, 41)),
    // The longer side counts.
    (Box(x: 40, y: 30, width: 16, height: 4), 2.0, 1, (32, 16, 63, 47)),
    // Moved into the image where it would leave it.
    (Box(x: 0, y: 60, width: 8, height: 4), 2.0, 1, (0, 48, 15, 63)),
    // As around a larger one.
    (Box(x: 40, y: 30, width: 4, height: 4), 2.0, 16, (26, 16, 57, 47)),
    // The seam and a pixel around it at least.
    (Box(x: 40, y: 30, width: 8, height: 8), 1.0, 1, (38, 28, 49, 39)),
  ])
  func paintsTheSquareAround(
    box: (x: Int, y: Int, width: Int, height: Int), margin: Double, least: Int,
    corners: (Int, Int, Int, Int)
  ) {
    let image = Self.image(100, 64)
    let side = corners.2 - corners.0 + 1
    let crop = MaskedCrop(
      of: image, mask: Self.mask(box, in: image), box: box,
      painting: ImageSize(width: side, height: side),
      .init(margin: margin, leastSide: least, seam: 1))
    #expect(Array(crop.image.pixels.prefix(2)) == [UInt8(corners.0), UInt8(corners.1)])
    #expect(
      Array(crop.image.pixels.suffix(3).prefix(2)) == [UInt8(corners.2), UInt8(corners.3)])
    #expect(crop.exactMask.pixels.count { $0 == 255 } == box.width * box.height)
  }

  /// Where the image is narrower than the square, its outermost pixels go on.
  @Test func fillsTheSquareOfANarrowImage() {
    let image = Self.image(100, 16)
    let crop = Self.crop((40, 4, 16, 8), in: image)
    #expect(crop.image.size == Self.size)
    #expect(crop.image.pixels[1] == 0 && crop.image.pixels[3 * 32 * 7 + 1] == 0)
    #expect(crop.image.pixels[3 * 32 * 31 + 1] == 15)
    var result = image
    crop.paste(Image(width: 32, height: 32, channels: 3, fill: 200), into: &result)
    let changed = zip(result.pixels, image.pixels).enumerated().filter { $1.0 != $1.1 }
    #expect(Set(changed.map { $0.offset / 3 / 100 }) == Set(4..<12))
  }

  @Test func leavesWhatIsOutsideTheMaskToTheBit() {
    let image = Self.image(100, 64)
    let box: Box = (40, 20, 24, 16)
    let crop = Self.crop(box, in: image, .init(growth: 5, seam: 4))
    var result = image
    crop.paste(Image(width: 32, height: 32, channels: 3, fill: 255), into: &result)
    // The seam is a sixteenth of the root of 24·16 pixels wide, one, and rises in halves.
    for y in 0..<64 {
      for x in 0..<100 {
        let depth = min(x - 39, 64 - x, y - 19, 36 - y)
        let share = max(0, min(255, 255 * depth / 2))
        let old = Int(image.pixels[3 * (100 * y + x)])
        let expected = (old * (255 - share) + 255 * share + 127) / 255
        #expect(Int(result.pixels[3 * (100 * y + x)]) == expected, "\(x), \(y)")
      }
    }
    let painted = crop.mask.pixels.count { $0 == 255 }
    #expect(painted > crop.exactMask.pixels.count { $0 == 255 }, "painted further than put back")
  }

  @Test func keepsWhatOthersHavePainted() {
    let image = Self.image(100, 64)
    var result = image
    for (box, value) in [((10, 10, 20, 20), UInt8(250)), ((30, 10, 20, 20), 240)] {
      let box: Box = (box.0, box.1, box.2, box.3)
      Self.crop(box, in: image, .init(seam: 0))
        .paste(Image(width: 32, height: 32, channels: 3, fill: value), into: &result)
    }
    #expect(result.pixels[3 * (100 * 20 + 29)] == 250 && result.pixels[3 * (100 * 20 + 30)] == 240)
  }

  @Test func knowsTheBoxInWhatIsPainted() {
    let crop = Self.crop((40, 30, 16, 8), in: Self.image(100, 64))
    let object = crop.object("car")
    #expect(object.phrase == "car")
    #expect(object.box == BoundingBox(x0: 0.25, y0: 0.375, x1: 0.75, y1: 0.625))
  }
}
