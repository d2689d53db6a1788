import CImageCodecs

extension ImageFile {
  /// Decodes a PNG of any kind to grey or RGB.
  func decodePNG() throws(ImageError) -> Image {
    let header = try readPNGHeader()
    let isGrey = [CODEC_PNG_GREY, CODEC_PNG_GREY_ALPHA].contains { $0 == header.color_type }
    let (width, height) = (Int(header.width), Int(header.height))
    let channels = isGrey ? 1 : 3
    let count = width * height * channels
    let pixels = try unsafe decodedSamples(count: count) { (pixels) throws(ImageError) in
      try refusePNGDamage {
        unsafe codec_png_decode_colours(bytes, bytes.count, pixels, count, &$0)
      }
    }
    return Image(width: width, height: height, channels: channels, pixels: pixels)
  }

  /// Decodes a mask's PNG to its stored values.
  func decodePNGLabels() throws(ImageError) -> LabelImage {
    let header = try readPNGHeader()
    try checkHoldsLabels(header)
    let (width, height) = (Int(header.width), Int(header.height))
    var triples = [UInt8](repeating: 0, count: 3 * 256)
    var colours: Int32 = 0
    let ids = try unsafe decodedSamples(count: width * height) { (ids) throws(ImageError) in
      try refusePNGDamage {
        unsafe codec_png_decode_values(
          bytes, bytes.count, ids, width * height, &triples, &colours, &$0)
      }
    }
    let isPalette = header.color_type == CODEC_PNG_PALETTE
    let palette = (0..<(isPalette ? Int(colours) : 0)).map {
      RGB(triples[3 * $0], triples[3 * $0 + 1], triples[3 * $0 + 2])
    }
    return LabelImage(width: width, height: height, ids: ids, palette: palette)
  }

  func readPNGHeader() throws(ImageError) -> codec_png_header {
    var header = codec_png_header()
    try refusePNGDamage { unsafe codec_png_read_header(bytes, bytes.count, &header, &$0) }
    try checkPixelCount(width: header.width, height: header.height)
    return header
  }

  func refusePNGDamage(_ decode: (inout codec_message) -> Bool) throws(ImageError) {
    if case .refused(let reason) = CodecAnswer(decode) {
      throw error("the PNG is damaged (\(reason))", "Replace it with an intact copy.")
    }
  }

  /// Lets through the two kinds of PNG whose values can only be meant as ids.
  private func checkHoldsLabels(_ header: codec_png_header) throws(ImageError) {
    let depth = header.bit_depth
    let colorType = header.color_type
    if colorType == CODEC_PNG_PALETTE || (colorType == CODEC_PNG_GREY && depth == 8) { return }
    let kind =
      switch colorType {
      case CODEC_PNG_GREY: "grey of \(depth) bits"
      case CODEC_PNG_GREY_ALPHA: "grey with alpha"
      case CODEC_PNG_RGB_ALPHA: "RGB with alpha"
      default: "RGB"
      }
    throw error("a mask must hold one class id a pixel, but this PNG is \(kind)", maskRemedy)
  }

  /// What to do about an image that cannot be a mask.
  var maskRemedy: String {
    "Save masks as PNG with a palette whose indices are the class ids, or as 8-bit grey PNG."
  }
}
