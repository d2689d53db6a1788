import Foundation
import ImageFiles
import Testing

@Suite struct EncodingTests {
  let grey, rgb: Image

  init() throws {
    grey = try Image(contentsOf: ExpectedSamples.folder.appending(path: "grey8.png"))
    rgb = try Image(contentsOf: ExpectedSamples.folder.appending(path: "rgb8.png"))
  }

  @Test func aPNGKeepsEverySample() throws {
    for image in [grey, rgb] {
      #expect(try Image(decoding: image.pngData(), name: "copy") == image)
    }
  }

  @Test func aPNGCarriesTextsInTheSimplestChunkThatHoldsThem() throws {
    let texts = [
      PNGText(key: "prompt", value: "a façade\nwith two lines"),
      PNGText(key: "caption", value: "猫, gato, 🐈"),
      PNGText(key: "empty", value: ""),
    ]
    let data = try rgb.pngData(text: texts)
    #expect(try PNGText.all(decoding: data, name: "copy") == texts)
    #expect(try Image(decoding: data, name: "copy") == rgb)
    let latin1 = Data("tEXtprompt".utf8) + [0] + Data("a fa".utf8) + [0xE7]
    #expect(data.range(of: latin1) != nil)
    #expect(data.range(of: Data("iTXtcaption".utf8)) != nil)
  }

  @Test func aNULInATextIsLeftOut() throws {
    let data = try rgb.pngData(text: [PNGText(key: "prompt", value: "a\0b")])
    #expect(
      try PNGText.all(decoding: data, name: "copy") == [PNGText(key: "prompt", value: "ab")])
  }

  @Test func aKeyThatNoChunkCanHoldTraps() async {
    await #expect(processExitsWith: .failure) { _ = PNGText(key: "", value: "") }
    await #expect(processExitsWith: .failure) { _ = PNGText(key: "ключ", value: "") }
  }

  @Test func aMaskKeepsItsIdsAndPalette() throws {
    let mask = LabelImage(width: 3, height: 2, ids: [0, 1, 255, 15, 0, 1], palette: Palette.voc)
    #expect(try LabelImage(decoding: mask.pngData(), name: "copy") == mask)
    let plain = LabelImage(width: 3, height: 2, ids: [0, 1, 255, 15, 0, 1])
    #expect(try LabelImage(decoding: plain.pngData(), name: "copy") == plain)
  }

  @Test func aPaletteIsExtendedToTheLargestId() throws {
    let mask = LabelImage(width: 2, height: 1, ids: [0, 5], palette: [RGB(1, 2, 3)])
    let copy = try LabelImage(decoding: mask.pngData(), name: "copy")
    #expect(copy.ids == [0, 5])
    #expect(copy.palette == [RGB(1, 2, 3)] + [RGB](repeating: RGB(0, 0, 0), count: 5))
  }

  @Test func aJPEGOfHighestQualityKeepsSmoothPicturesAlmostExactly() throws {
    let ramp = (0..<32 * 24).flatMap { (pixel: Int) -> [UInt8] in
      let level = UInt8(pixel % 32 * 4)
      return [level, level + 20, level + 40]
    }
    let smooth = Image(width: 32, height: 24, channels: 3, pixels: ramp)
    for image in [smooth, smooth.grey()] {
      let copy = try Image(decoding: image.jpegData(quality: 100), name: "copy")
      // One level for rounding the cosine transform, one for each conversion of colours.
      #expect(largestDifference(copy.pixels, image.pixels) <= 3)
    }
  }

  @Test func qualityAndSubsamplingReachTheFile() throws {
    let full = try rgb.jpegData(quality: 95)
    #expect(try rgb.jpegData(quality: 50).count < full.count)
    #expect(try rgb.jpegData(quality: 95, subsampling: .quarter).count < full.count)
    // The frame header: 3 components; the first is luma, its operands 1×1 or 2×2.
    #expect(full.range(of: Data([3, 1, 0x11, 0, 2, 0x11, 1, 3, 0x11, 1])) != nil)
    let quarter = try rgb.jpegData(quality: 95, subsampling: .quarter)
    #expect(quarter.range(of: Data([3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1])) != nil)
  }

  @Test func aSideBeyondJPEGsLimitIsAnError() throws {
    let error = #expect(throws: ImageError.self) {
      try Image(width: 65501, height: 1, channels: 1, fill: 0).jpegData()
    }
    #expect(error?.found.contains("65500") == true)
  }
}
