import Foundation
import ImageFiles
import Testing

@Suite struct IrregularJPEGTests {
  /// The pixels are compared with other programs' where those of all files are.
  @Test func aJPEGThatHoldsEveryPixelIsReadWithAWarning() throws {
    let pictures = try ExpectedSamples("codecs").cases.filter { $0.irregular == true }
    #expect(pictures.count == 8)
    for picture in pictures {
      let file = try #require(picture.file)
      var warnings: [String] = []
      _ = try Image(contentsOf: ExpectedSamples.folder.appending(path: file)) {
        warnings.append($0)
      }
      #expect(warnings.count == 1, "\(file)")
      #expect(
        warnings.first?.contains("\(file): this JPEG is irregular (") == true, "\(warnings)")
    }
  }

  @Test func theWarningSaysWhatIsIrregular() throws {
    for (file, words) in [
      ("scan_header.jpg", "Invalid SOS parameters"), ("no_end.jpg", "Premature end"),
      ("padded_end.jpg", "extraneous bytes"),
    ] {
      var warning = ""
      _ = try Image(decoding: ExpectedSamples.data(file), name: file) { warning = $0 }
      #expect(warning.contains(words), "\(file): \(warning)")
    }
  }

  @Test(arguments: ["full_chroma.jpg", "progressive.jpg", "rgb8.png"])
  func anIntactFileIsReadWithout(file: String) throws {
    _ = try Image(decoding: ExpectedSamples.data(file), name: file) {
      Issue.record("\($0)")
    }
  }

  /// libjpeg shows a component without data as grey and says nothing.
  @Test func aPictureWithoutOneOfItsScansIsAnError() throws {
    var data = try ExpectedSamples.data("three_scans.jpg")
    let last = try #require(data.range(of: Data([0xFF, 0xDA]), options: .backwards))
    data.replaceSubrange(last.lowerBound..., with: [0xFF, 0xD9])
    let error = #expect(throws: ImageError.self) { try Image(decoding: data, name: "a.jpg") }
    #expect(error?.found.contains("scans of the image are missing") == true)
  }
}
