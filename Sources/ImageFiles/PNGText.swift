import CImageCodecs
public import Foundation

/// One text chunk of a PNG.
public struct PNGText: Sendable, Equatable {
  /// The chunk's keyword, such as `parameters`: 1 to 79 Latin-1 characters.
  public let key: String
  /// The text.
  public let value: String

  /// Makes a chunk to write: tEXt when the value is Latin-1, else iTXt.
  ///
  /// - Parameters:
  ///   - key: 1 to 79 Latin-1 characters; another key traps.
  ///   - value: Any text. NUL characters, which no chunk can hold, are left out when it is written.
  public init(key: String, value: String) {
    precondition(
      (1...79).contains(key.unicodeScalars.count) && Self.latin1(key) != nil,
      "PNGText: the key '\(key)' is not 1 to 79 Latin-1 characters")
    self.key = key
    self.value = value
  }

  /// Reads every tEXt, zTXt and iTXt chunk of a PNG, in the file's order.
  ///
  /// - Throws: ``ImageError`` when the file is not an intact PNG.
  public static func all(in url: URL) throws(ImageError) -> [PNGText] {
    try all(in: ImageFile(contentsOf: url))
  }

  /// Reads the text chunks of a PNG that is already in memory.
  ///
  /// - Parameters:
  ///   - data: The file's bytes.
  ///   - name: What to call the file in an error.
  public static func all(decoding data: Data, name: String) throws(ImageError) -> [PNGText] {
    try all(in: ImageFile(name: name, bytes: [UInt8](data)))
  }

  private static func all(in file: ImageFile) throws(ImageError) -> [PNGText] {
    guard try file.format() == .png else {
      throw file.error("a JPEG has no text chunks", "Give a PNG.")
    }
    return try file.readPNGTexts()
  }
}

extension ImageFile {
  fileprivate func readPNGTexts() throws(ImageError) -> [PNGText] {
    _ = try readPNGHeader()
    var texts: [PNGText] = []
    try refusePNGDamage { message in
      unsafe withUnsafeMutablePointer(to: &texts) { texts in
        unsafe codec_png_read_texts(
          bytes, bytes.count,
          { context, text in
            let texts = unsafe context?.assumingMemoryBound(to: [PNGText].self)
            unsafe texts?.pointee.append(PNGText(text))
          }, texts, &message)
      }
    }
    return texts
  }
}

extension PNGText {
  fileprivate init(_ text: codec_png_text) {
    key = unsafe Self.decode(text.key, isUTF8: false)
    value = unsafe Self.decode(text.value, isUTF8: text.utf8)
  }

  private static func decode(_ bytes: UnsafePointer<CChar>?, isUTF8: Bool) -> String {
    guard let bytes = unsafe bytes else { return "" }
    if isUTF8 { return unsafe String(cString: bytes) }
    // Latin-1 is Unicode's first 256 code points.
    let codes = unsafe UnsafeRawBufferPointer(start: bytes, count: strlen(bytes))
    let scalars = unsafe codes.map { Unicode.Scalar($0) }
    return String(String.UnicodeScalarView(scalars))
  }

  /// A text in Latin-1, if it has such characters only.
  static func latin1(_ text: String) -> [UInt8]? {
    let codes = text.unicodeScalars.compactMap { UInt8(exactly: $0.value) }
    return codes.count == text.unicodeScalars.count ? codes : nil
  }
}
