import Foundation
import ImageFiles
import TestSupport
import Testing

@Suite struct NumberImageTests {
  @Test func numbersOf16BitsAreWrittenAndRead() throws {
    let numbers: [UInt32] = [0, 1, 255, 256, 26001, 65535]
    let image = NumberImage(width: 3, height: 2, numbers: numbers)
    #expect(try NumberImage(decoding: image.pngData(), name: "a") == image)
  }

  @Test func coloursAreNumbersAsInCOCO() throws {
    let image = Image(width: 2, height: 1, channels: 3, pixels: [1, 2, 3, 255, 255, 255])
    let read = try NumberImage(decoding: image.pngData(), name: "a")
    #expect(read.numbers == [197_121, 16_777_215])
    #expect(RGB(number: read.numbers[0]) == RGB(1, 2, 3))
  }

  @Test func greyAndPalettesGiveTheirValues() throws {
    for palette in [[], Palette.voc] {
      let mask = LabelImage(width: 2, height: 1, ids: [7, 200], palette: palette)
      #expect(try NumberImage(decoding: mask.pngData(), name: "a").numbers == [7, 200])
    }
  }

  @Test func aMaskMayHave16BitsForIDs() throws {
    let small = NumberImage(width: 3, height: 1, numbers: [0, 7, 255])
    #expect(try LabelImage(decoding: small.pngData(), name: "a").ids == [0, 7, 255])
    let large = NumberImage(width: 3, height: 1, numbers: [0, 256, 255])
    let error = #expect(throws: ImageError.self) {
      try LabelImage(decoding: large.pngData(), name: "a")
    }
    #expect(error?.found.contains("holds the number 256") == true)
  }

  @Test(arguments: ["grey1.png", "grey.jpg"]) func whatHasNoExactValuesIsRefused(name: String) {
    #expect(throws: ImageError.self) {
      try NumberImage(contentsOf: ExpectedSamples.folder.appending(path: name))
    }
  }
}
