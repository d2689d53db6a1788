import Foundation
import ImageFiles
import Testing

@Suite struct DecodingTests {
  let expected: ExpectedSamples

  init() throws { expected = try ExpectedSamples("codecs") }

  @Test func everyKindOfFileShowsWhatOtherProgramsSee() throws {
    let pictures = expected.cases.filter { $0.labels == false }
    #expect(pictures.count == 46)
    for picture in pictures {
      let file = try #require(picture.file)
      let image = try Image(contentsOf: ExpectedSamples.folder.appending(path: file))
      #expect(image == expected.image(picture), "\(file)")
      let size = try ImageSize(ofImageAt: ExpectedSamples.folder.appending(path: file))
      #expect(size == image.size, "\(file)")
    }
  }

  @Test func aPaletteMaskGivesItsIndicesAndColours() throws {
    let masks = expected.cases.filter { $0.labels == true }
    #expect(masks.count == 6)
    for mask in masks {
      let file = try #require(mask.file)
      let label = try LabelImage(contentsOf: ExpectedSamples.folder.appending(path: file))
      #expect(label.ids == expected.samples(mask), "\(file)")
      #expect(label.palette.count == mask.colours, "\(file)")
      let image = try Image(contentsOf: ExpectedSamples.folder.appending(path: file))
      #expect(label.coloured(with: label.palette) == image, "\(file)")
    }
  }

  @Test func aGreyMaskGivesItsValues() throws {
    let label = try LabelImage(contentsOf: ExpectedSamples.folder.appending(path: "grey8.png"))
    let image = try Image(contentsOf: ExpectedSamples.folder.appending(path: "grey8.png"))
    #expect(label.ids == image.pixels)
    #expect(label.palette.isEmpty)
  }

  @Test(arguments: [
    ("rgb8.png", "this PNG is RGB."), ("rgba8.png", "this PNG is RGB with alpha."),
    ("grey_alpha8.png", "grey with alpha."), ("grey16.png", "this PNG of 16 bits holds"),
    ("grey1.png", "grey of 1 bits."), ("grey.jpg", "which JPEG does not."),
  ])
  func aPictureThatIsNoMaskIsRefusedWithARemedy(file: String, found: String) throws {
    let error = #expect(throws: ImageError.self) {
      try LabelImage(contentsOf: ExpectedSamples.folder.appending(path: file))
    }
    let text = try #require(error?.description)
    #expect(text.contains(file) && text.contains(found))
    #expect(text.contains("palette whose indices are the class ids"))
  }

  @Test func textChunksOfEveryKindAreRead() throws {
    let texts = try PNGText.all(in: ExpectedSamples.folder.appending(path: "texts.png"))
    #expect(
      texts == [
        PNGText(key: "latin", value: "façade"),
        PNGText(key: "long", value: String(repeating: "ab", count: 300)),
        PNGText(key: "unicode", value: "Ein Kätzchen 🐈"),
        PNGText(key: "packed", value: String(repeating: "ü", count: 300)),
        PNGText(key: "late", value: "after the pixels"),
      ])
  }
}
