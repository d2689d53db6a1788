import CImageCodecs

extension ImageFile {
  /// Decodes a JPEG to grey or RGB, upright.
  ///
  /// - Parameter warn: Gets what is odd about the file, if all pixels are good nevertheless.
  func decodeJPEG(warn: (String) -> Void) throws(ImageError) -> Image {
    let header = try readJPEGHeader()
    let (width, height, channels) = (Int(header.width), Int(header.height), Int(header.channels))
    let count = width * height * channels
    var oddity: String?
    var pixels = try unsafe decodedSamples(count: count) { (pixels) throws(ImageError) in
      oddity = try refuseJPEGDamage {
        unsafe codec_jpeg_decode(bytes, bytes.count, pixels, count, &$0)
      }
    }
    if let oddity {
      warn(
        "\(name): this JPEG is irregular (\(oddity)), but no pixel is missing. Save it again to "
          + "be rid of this message.")
    }
    if channels == 4 { pixels = Self.rgb(invertedCMYK: pixels) }
    return Image(width: width, height: height, channels: channels == 1 ? 1 : 3, pixels: pixels)
      .turned(upright: EXIF.orientation(ofJPEG: bytes))
  }

  func readJPEGHeader() throws(ImageError) -> codec_jpeg_header {
    var header = codec_jpeg_header()
    _ = try refuseJPEGDamage { unsafe codec_jpeg_read_header(bytes, bytes.count, &header, &$0) }
    try checkPixelCount(width: header.width, height: header.height)
    return header
  }

  /// - Returns: What is odd about the file, but no damage.
  private func refuseJPEGDamage(_ decode: (inout codec_message) -> Bool) throws(ImageError)
    -> String?
  {
    switch CodecAnswer(decode) {
    case .done(let oddity): return oddity
    case .refused(let reason):
      throw error(
        "the JPEG is damaged or of an unsupported kind (\(reason))",
        "Replace it with an intact copy, or save it again as an ordinary JPEG or PNG.")
    }
  }

  /// Converts ink that is stored as 255 − ink, which Adobe's programs began and everyone followed.
  ///
  ///     red = K · (1 − C),  with K = 1 − black
  ///
  /// Divisions by 255 round as in Pillow, whose colours these are.
  private static func rgb(invertedCMYK cmyk: [UInt8]) -> [UInt8] {
    var rgb = [UInt8](repeating: 0, count: cmyk.count / 4 * 3)
    for pixel in 0..<cmyk.count / 4 {
      let light = Int(cmyk[4 * pixel + 3])
      for channel in 0..<3 {
        let product = Int(255 - cmyk[4 * pixel + channel]) * light + 128
        rgb[3 * pixel + channel] = UInt8(clamping: light - (product >> 8 + product) >> 8)
      }
    }
    return rgb
  }
}
