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
    let (stored, palette) = try decodePNGValues(header)
    let ids = header.bit_depth == 16 ? try Self.numbers(of: stored).map(id) : stored
    return LabelImage(
      width: Int(header.width), height: Int(header.height), ids: ids, palette: palette)
  }

  /// Decodes a PNG with a palette or of grey to its stored values, two bytes each where it has 16 bits, and the colours
  /// of a palette.
  func decodePNGValues(_ header: codec_png_header) throws(ImageError) -> ([UInt8], [RGB]) {
    let count = Int(header.width) * Int(header.height) * (header.bit_depth == 16 ? 2 : 1)
    var triples = [UInt8](repeating: 0, count: 3 * 256)
    var colours: Int32 = 0
    let stored = try unsafe decodedSamples(count: count) { (stored) throws(ImageError) in
      try refusePNGDamage {
        unsafe codec_png_decode_values(bytes, bytes.count, stored, count, &triples, &colours, &$0)
      }
    }
    let isPalette = header.color_type == CODEC_PNG_PALETTE
    let palette = (0..<(isPalette ? Int(colours) : 0)).map {
      RGB(triples[3 * $0], triples[3 * $0 + 1], triples[3 * $0 + 2])
    }
    return (stored, palette)
  }

  /// The numbers of 16 bits, of which a PNG stores the high byte first.
  static func numbers(of stored: [UInt8]) -> [UInt32] {
    stride(from: 0, to: stored.count, by: 2).map {
      UInt32(stored[$0]) << 8 | UInt32(stored[$0 + 1])
    }
  }

  private func id(_ number: UInt32) throws(ImageError) -> UInt8 {
    if let id = UInt8(exactly: number) { return id }
    throw error(
      "a mask's ids are 0…255, but this PNG of 16 bits holds the number \(number)", maskRemedy)
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

  /// Lets through the three kinds of PNG whose values can only be meant as ids.
  private func checkHoldsLabels(_ header: codec_png_header) throws(ImageError) {
    let depth = header.bit_depth
    let colorType = header.color_type
    if colorType == CODEC_PNG_PALETTE || (colorType == CODEC_PNG_GREY && depth >= 8) { return }
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
