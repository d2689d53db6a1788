import CImageCodecs
public import Foundation

extension Image {
  /// Encodes the image as an 8-bit grey or RGB PNG.
  ///
  /// - Parameter text: Text chunks, written before the pixels in this order.
  /// - Throws: ``ImageError`` when memory runs out.
  public func pngData(text: [PNGText] = []) throws(ImageError) -> Data {
    let colorType = channels == 1 ? CODEC_PNG_GREY : CODEC_PNG_RGB
    return try encodePNG(
      pixels, width: width, height: height, colorType: colorType, text: text)
  }
}

extension LabelImage {
  /// Encodes the mask as an 8-bit palette PNG or, without a palette, as 8-bit grey.
  ///
  /// Ids beyond the palette's end get black, because a file's palette must cover all its indices.
  ///
  /// - Parameter transparent: An id that is seen through, of a mask with a palette, which traps without one; nil for
  ///   none.
  /// - Throws: ``ImageError`` when memory runs out.
  public func pngData(transparent: UInt8? = nil) throws(ImageError) -> Data {
    precondition(
      transparent.map { Int($0) < palette.count } ?? true,
      "LabelImage: \(palette.count) colours do not have the transparent id \(transparent ?? 0)")
    let colorType = palette.isEmpty ? CODEC_PNG_GREY : CODEC_PNG_PALETTE
    let missing = palette.isEmpty ? 0 : Int(ids.max() ?? 0) + 1 - palette.count
    let complete = palette + [RGB](repeating: RGB(0, 0, 0), count: max(0, missing))
    return try encodePNG(
      ids, width: width, height: height, colorType: colorType, palette: complete,
      transparent: transparent)
  }
}

extension NumberImage {
  /// Encodes the numbers as a grey PNG of 16 bits; larger ones trap.
  ///
  /// - Throws: ``ImageError`` when memory runs out.
  public func pngData() throws(ImageError) -> Data {
    let bytes = numbers.flatMap { number in
      precondition(number <= 0xffff, "NumberImage: \(number) does not fit 16 bits")
      return [UInt8(number >> 8), UInt8(number & 0xff)]
    }
    return try encodePNG(
      bytes, width: width, height: height, depth: 16, colorType: CODEC_PNG_GREY)
  }
}

private func encodePNG(
  _ pixels: [UInt8], width: Int, height: Int, depth: Int32 = 8, colorType: Int32,
  palette: [RGB] = [], transparent: UInt8? = nil, text: [PNGText] = []
) throws(ImageError) -> Data {
  let triples = palette.flatMap { [$0.red, $0.green, $0.blue] }
  var output = unsafe codec_buffer()
  let answer = CodecAnswer { message in
    unsafe withChunks(text) { chunks in
      unsafe codec_png_encode(
        pixels, UInt32(width), UInt32(height), depth, colorType, triples, Int32(palette.count),
        transparent.map(Int32.init) ?? -1, chunks.baseAddress, Int32(chunks.count), &output,
        &message)
    }
  }
  return try unsafe takeBytes(of: output, answer: answer, format: "PNG")
}

/// Lends the texts as C strings, which lie one after the other in one array.
private func withChunks<Result>(
  _ texts: [PNGText], _ body: (UnsafeBufferPointer<codec_png_text>) -> Result
) -> Result {
  var characters: [UInt8] = []
  var offsets: [(key: Int, value: Int, isUTF8: Bool)] = []
  for text in texts {
    let latin1 = PNGText.latin1(text.value)
    let key = characters.count
    characters += (PNGText.latin1(text.key) ?? []) + [0]
    offsets.append((key, characters.count, latin1 == nil))
    characters += (latin1 ?? Array(text.value.utf8)).filter { $0 != 0 } + [0]
  }
  return unsafe characters.withUnsafeBytes { bytes in
    let base = unsafe bytes.bindMemory(to: CChar.self).baseAddress
    let chunks = unsafe offsets.map { offset in
      unsafe codec_png_text(
        key: base.map { unsafe $0 + offset.key }, value: base.map { unsafe $0 + offset.value },
        utf8: offset.isUTF8)
    }
    return unsafe chunks.withUnsafeBufferPointer(body)
  }
}
