import ImageFiles
import Testing

@Suite struct ImageTests {
  /// Pillow 13: `Image.new("RGB", (1, 1), colour).convert("L")`.
  @Test(
    arguments: [
      (RGB(255, 255, 255), 255), (RGB(255, 0, 0), 76), (RGB(0, 255, 0), 150), (RGB(0, 0, 255), 29),
      (RGB(12, 200, 77), 130),
    ] as [(RGB, UInt8)])
  func greyIsPillowsLuminance(colour: RGB, expected: UInt8) {
    let image = Image(
      width: 1, height: 1, channels: 3, pixels: [colour.red, colour.green, colour.blue])
    #expect(image.grey().pixels == [expected])
  }

  @Test func greyRepeatedIsRGB() {
    let image = Image(width: 2, height: 1, channels: 1, pixels: [3, 9])
    #expect(image.rgb() == Image(width: 2, height: 1, channels: 3, pixels: [3, 3, 3, 9, 9, 9]))
    #expect(image.rgb().grey() == image)
  }

  @Test func aWrongCountOfSamplesTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = Image(width: 2, height: 2, channels: 3, pixels: [0])
    }
    await #expect(processExitsWith: .failure) {
      var image = Image(width: 2, height: 2, channels: 1, fill: 0)
      image.pixels.append(0)
    }
  }

  @Test func pastesInsideItsEdges() async {
    var image = Image(width: 3, height: 2, channels: 1, fill: 0)
    image.paste(Image(width: 2, height: 1, channels: 1, pixels: [7, 8]), x: 1, y: 1)
    #expect(image.pixels == [0, 0, 0, 0, 7, 8])
    await #expect(processExitsWith: .failure) {
      var image = Image(width: 3, height: 2, channels: 1, fill: 0)
      image.paste(Image(width: 2, height: 1, channels: 1, fill: 7), x: 2, y: 0)
    }
  }

  @Test func labelsAreCountedByClass() {
    let mask = LabelImage(width: 3, height: 1, ids: [0, 255, 0])
    #expect(mask.classes == [0, 255])
    #expect(mask.histogram()[0] == 2 && mask.histogram()[255] == 1)
    #expect(mask.histogram().reduce(0, +) == 3)
  }

  /// VOC's development kit: aeroplane, person, tv monitor, border.
  @Test(arguments: [
    (1, RGB(128, 0, 0)), (15, RGB(192, 128, 128)), (20, RGB(0, 64, 128)),
    (255, RGB(224, 224, 192)),
  ])
  func vocsColoursFollowTheBitsOfTheId(id: Int, colour: RGB) {
    #expect(Palette.voc[id] == colour)
    #expect(Palette.voc.count == 256 && Set(Palette.voc).count == 256)
  }

  @Test func anIdBeyondThePaletteIsBlack() {
    let mask = LabelImage(width: 2, height: 1, ids: [1, 19])
    #expect(mask.coloured(with: Palette.cityscapes).pixels == [244, 35, 232, 0, 0, 0])
  }
}
