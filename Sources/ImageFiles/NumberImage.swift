import CImageCodecs
public import Foundation

/// A whole number a pixel, as datasets pack them into PNGs: segments, instances with their classes, colours.
public struct NumberImage: Sendable, Equatable {
  /// Pixels a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// The numbers, `[height, width]`.
  public let numbers: [UInt32]

  /// Wraps numbers that exist already.
  ///
  /// - Parameter numbers: `[height, width]`; another count traps.
  public init(width: Int, height: Int, numbers: [UInt32]) {
    precondition(
      width > 0 && numbers.count == width * height,
      "NumberImage: \(numbers.count) numbers, but \(width)×\(height) needs \(width * height)")
    (self.width, self.height, self.numbers) = (width, height, numbers)
  }

  /// Decodes a PNG: the values of grey of 8 or 16 bits, the indices of a palette, or of colours
  /// red + 256 · green + 65536 · blue; alpha is dropped.
  ///
  /// - Parameters:
  ///   - data: The file's bytes.
  ///   - name: What to call the file in an error.
  /// - Throws: ``ImageError`` for a damaged file, grey below 8 bits, and a JPEG, whose values are not exact.
  public init(decoding data: Data, name: String) throws(ImageError) {
    try self.init(ImageFile(name: name, bytes: [UInt8](data)))
  }

  /// Reads a PNG as ``init(decoding:name:)`` does.
  public init(contentsOf url: URL) throws(ImageError) {
    try self.init(ImageFile(contentsOf: url))
  }

  /// Whether a PNG has colours of its own rather than grey values or the indices of a palette.
  ///
  /// - Throws: ``ImageError`` for a damaged file, and one that is no PNG.
  public static func areColours(in data: Data, name: String) throws(ImageError) -> Bool {
    let file = ImageFile(name: name, bytes: [UInt8](data))
    try file.requirePNG()
    let type = try file.readPNGHeader().color_type
    return type == CODEC_PNG_RGB || type == CODEC_PNG_RGB_ALPHA
  }

  private init(_ file: ImageFile) throws(ImageError) {
    try file.requirePNG()
    let header = try file.readPNGHeader()
    let isGrey = header.color_type == CODEC_PNG_GREY
    if isGrey && header.bit_depth < 8 {
      throw file.error("this PNG is grey of \(header.bit_depth) bits", file.maskRemedy)
    }
    if isGrey || header.color_type == CODEC_PNG_PALETTE {
      let stored = try file.decodePNGValues(header).0
      self.init(
        width: Int(header.width), height: Int(header.height),
        numbers: header.bit_depth == 16
          ? ImageFile.numbers(of: stored) : stored.map(UInt32.init))
    } else {
      let image = try file.decodePNG().rgb()
      self.init(
        width: image.width, height: image.height,
        numbers: stride(from: 0, to: image.pixels.count, by: 3).map {
          RGB(image.pixels[$0], image.pixels[$0 + 1], image.pixels[$0 + 2]).number
        })
    }
  }
}

extension ImageFile {
  fileprivate func requirePNG() throws(ImageError) {
    guard try format() == .png else {
      throw error("this is a JPEG, whose values are not exact", "Save it as PNG.")
    }
  }
}

extension RGB {
  /// The colour as one number, red + 256 · green + 65536 · blue, as COCO numbers the segments of an image.
  public var number: UInt32 { UInt32(red) | UInt32(green) << 8 | UInt32(blue) << 16 }

  /// The colour of a number below 2²⁴; a larger one traps.
  public init(number: UInt32) {
    precondition(number < 1 << 24, "RGB: \(number) is no colour")
    self.init(UInt8(number & 0xff), UInt8(number >> 8 & 0xff), UInt8(number >> 16))
  }
}
