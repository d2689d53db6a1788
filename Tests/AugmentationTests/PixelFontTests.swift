import Augmentation
import ImageFiles
import Testing

@Suite struct PixelFontTests {
  private func written(_ text: String, width: Int = 120) -> Image {
    var image = Image(width: 120, height: 7, channels: 1, fill: 255)
    PixelFont.write(text, into: &image, x: 0, y: 0, width: width)
    return image
  }

  @Test func drawsLetters() {
    let image = written("L")
    let rows = (0..<7).map { y in
      String((0..<5).map { image.pixels[120 * y + $0] == 0 ? "#" : "." })
    }
    #expect(rows == ["#....", "#....", "#....", "#....", "#....", "#....", "#####"])
  }

  @Test func hasAShapeOfItsOwnForEachLetter() {
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:;-_'/()+!?&%…"
    #expect(Set(letters.map { written(String($0)).pixels }).count == letters.count)
  }

  @Test func takesWhatItHasForWhatItLacks() {
    #expect(written("Žluťoučký kůň") == written("ZLUTOUCKY KUN"))
    #expect(written("猫@") == written("??"))
  }

  @Test func cutsWhatDoesNotFit() {
    #expect(written("HORSES", width: 24) == written("HOR…"))
    #expect(written("HORS", width: 24) == written("HORS"))
    #expect(written("A", width: 3) == written(""))
  }
}
