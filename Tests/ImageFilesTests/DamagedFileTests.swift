import Foundation
import ImageFiles
import Testing

@Suite struct DamagedFileTests {
  @Test(arguments: [
    "rgb8.png", "palette4.png", "rgb_interlaced.png", "grey.jpg", "quarter_chroma.jpg",
    "progressive.jpg", "restarts.jpg", "cmyk.jpg", "orientation6.jpg", "three_scans.jpg",
  ])
  func aFileCutShortAnywhereIsAnError(file: String) throws {
    let data = try ExpectedSamples.data(file)
    // A JPEG's last two bytes only say that it ends.
    for count in 0..<(file.hasSuffix("jpg") ? data.count - 2 : data.count) {
      #expect(throws: ImageError.self, "\(file) cut to \(count) of \(data.count) bytes") {
        try Image(decoding: data.prefix(count), name: file)
      }
    }
  }

  /// PNG protects every byte by a checksum, so none may change unseen: ancillary chunks aside, and the
  /// last one, which is empty and which some versions of libpng do not look at so closely.
  @Test(arguments: ["rgb8.png", "palette4.png", "rgb_interlaced.png"])
  func aPNGWithAnyChangedByteIsAnError(file: String) throws {
    let data = try ExpectedSamples.data(file)
    for position in 0..<data.count - 12 {
      var changed = data
      changed[position] ^= 0x10
      #expect(throws: ImageError.self, "\(file), byte \(position)") {
        try Image(decoding: changed, name: file)
      }
    }
  }

  /// JPEG has no checksums; but no change may crash the program or change the image's type.
  @Test(arguments: ["quarter_chroma.jpg", "progressive.jpg", "cmyk.jpg", "orientation6.jpg"])
  func aJPEGWithAnyChangedByteIsReadOrRefused(file: String) throws {
    let data = try ExpectedSamples.data(file)
    var refused = 0
    for position in data.indices {
      var changed = data
      changed[position] ^= 0x41
      do {
        _ = try Image(decoding: changed, name: file)
      } catch {
        refused += 1
        #expect(error.file == file)
      }
    }
    #expect(refused > 0)
  }

  @Test func corruptEntropyCodedDataIsAnErrorThoughLibjpegOnlyWarns() throws {
    var data = try ExpectedSamples.data("grey.jpg")
    let scan = try #require(data.range(of: Data([0xFF, 0xDA])))
    // A restart marker where none belongs ends the data of the scan.
    data.replaceSubrange(scan.upperBound + 10..<scan.upperBound + 12, with: [0xFF, 0xD7])
    let error = #expect(throws: ImageError.self) { try Image(decoding: data, name: "a.jpg") }
    #expect(error?.found.contains("Corrupt JPEG data") == true, "\(String(describing: error))")
  }

  @Test func aPictureWithMalformedExifNotesIsShownAsStored() throws {
    let data = try ExpectedSamples.data("orientation6.jpg")
    let tilted = try Image(decoding: data, name: "a.jpg")
    let notes = try #require(data.range(of: Data("Exif\0\0".utf8))).upperBound
    // The byte order, the place of the directory (beyond the end), and the tag itself.
    let orientation = try #require(data.range(of: Data([0x01, 0x12, 0, 3, 0, 0, 0, 1]))).lowerBound
    let changes = [(notes, UInt8(ascii: "x")), (notes + 4, 0xFF), (orientation, 0x07)]
    for (position, byte) in changes {
      var changed = data
      changed[position] = byte
      let stored = try Image(decoding: changed, name: "a.jpg")
      #expect((stored.width, stored.height) == (tilted.height, tilted.width))
    }
  }

  @Test(arguments: ["bomb.png", "bomb.jpg"])
  func aHeaderOfAbsurdSizeIsRefusedBeforeMemoryIsTaken(file: String) throws {
    let error = #expect(throws: ImageError.self) {
      try Image(contentsOf: ExpectedSamples.folder.appending(path: file))
    }
    #expect(error?.found.contains("60000×60000 pixels") == true)
  }

  @Test(arguments: [
    ("GIF89a…", "this is a GIF, neither PNG nor JPEG"), ("", "this is an empty file"),
    ("version https://git-lfs.github.com/spec/v1", "this is a Git LFS pointer"),
    ("hello", "an unknown kind of file"),
  ])
  func anotherFormatIsNamed(content: String, found: String) throws {
    let error = #expect(throws: ImageError.self) {
      try Image(decoding: Data(content.utf8), name: "cat.png")
    }
    #expect(error?.description.hasPrefix("cat.png: ") == true)
    #expect(error?.found.contains(found) == true)
  }
}
