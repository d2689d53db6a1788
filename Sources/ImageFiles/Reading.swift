public import Foundation

extension Image {
  /// Reads a PNG or a JPEG, told apart by content, not by extension.
  ///
  /// - PNG: grey, RGB and palette in 1 to 16 bits, interlaced or not. 16 bits keep their high byte;
  ///   alpha and transparent colours are dropped, not painted onto a background, as by Pillow's
  ///   `convert("RGB")`. Gamma, profiles and orientation chunks are not applied.
  /// - JPEG: grey, YCbCr, RGB, CMYK and YCCK, baseline or progressive. The ink colours become RGB as
  ///   in Pillow. The Exif orientation is applied, so the image stands upright.
  ///
  /// - Parameters:
  ///   - url: The file.
  ///   - warn: Gets one sentence about a JPEG that breaks its format although every pixel is good:
  ///     without an end marker, say, or with padding between its segments.
  /// - Throws: ``ImageError`` for a file that cannot be read, another format, truncated or corrupt
  ///   pixels (also where libjpeg would only warn), or more than 2²⁸ pixels.
  public init(contentsOf url: URL, warn: (String) -> Void = { _ in }) throws(ImageError) {
    try self.init(ImageFile(contentsOf: url), warn)
  }

  /// Decodes a file that is already in memory, as ``init(contentsOf:warn:)`` does.
  ///
  /// - Parameters:
  ///   - data: The file's bytes.
  ///   - name: What to call the file in an error or a warning.
  ///   - warn: As when a file is read.
  public init(decoding data: Data, name: String, warn: (String) -> Void = { _ in })
    throws(ImageError)
  {
    try self.init(ImageFile(name: name, bytes: [UInt8](data)), warn)
  }

  private init(_ file: ImageFile, _ warn: (String) -> Void) throws(ImageError) {
    switch try file.format() {
    case .png: self = try file.decodePNG()
    case .jpeg: self = try file.decodeJPEG(warn: warn)
    }
  }
}

extension LabelImage {
  /// Reads a mask: the indices of a palette PNG (1, 2, 4 or 8 bits) or the values of a grey one of 8 or 16 bits.
  ///
  /// - Throws: ``ImageError`` for values above 255 and for any other image: RGB, alpha, grey below 8 bits (whose
  ///   values some programs scale and others do not) or JPEG (whose values are not exact).
  public init(contentsOf url: URL) throws(ImageError) {
    try self.init(ImageFile(contentsOf: url))
  }

  /// Decodes a mask that is already in memory, as ``init(contentsOf:)`` does.
  ///
  /// - Parameters:
  ///   - data: The file's bytes.
  ///   - name: What to call the file in an error.
  public init(decoding data: Data, name: String) throws(ImageError) {
    try self.init(ImageFile(name: name, bytes: [UInt8](data)))
  }

  private init(_ file: ImageFile) throws(ImageError) {
    switch try file.format() {
    case .png: self = try file.decodePNGLabels()
    case .jpeg:
      throw file.error(
        "a mask must keep its class ids exactly, which JPEG does not", file.maskRemedy)
    }
  }
}
