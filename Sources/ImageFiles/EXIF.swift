/// The one thing that pixels need from a camera's notes.
enum EXIF {
  /// Finds the orientation, 1…8, in a JPEG's Exif segment; 1 when there is none or it is malformed.
  ///
  /// Source: JEITA CP-3451, "Exif", §4.5.4 (segment) and §4.6.4 A (tag 0x0112).
  static func orientation(ofJPEG bytes: [UInt8]) -> Int {
    exifSegment(ofJPEG: bytes).flatMap(orientation(inTIFF:)) ?? 1
  }

  /// The TIFF structure in the first APP1 segment that begins with "Exif".
  private static func exifSegment(ofJPEG bytes: [UInt8]) -> ArraySlice<UInt8>? {
    let signature = Array("Exif\0\0".utf8)
    var position = 2  // after the start-of-image marker
    while position + 4 <= bytes.count, bytes[position] == 0xFF {
      let marker = bytes[position + 1]
      // Fill bytes may stand before a marker.
      if marker == 0xFF {
        position += 1
        continue
      }
      let length = Int(bytes[position + 2]) << 8 | Int(bytes[position + 3])
      let end = position + 2 + length
      // Start of scan or end of image: no more notes.
      guard marker != 0xDA, marker != 0xD9, length >= 2, end <= bytes.count else { return nil }
      let body = bytes[(position + 4)..<end]
      if marker == 0xE1, body.starts(with: signature) { return body.dropFirst(signature.count) }
      position = end
    }
    return nil
  }

  private static func orientation(inTIFF tiff: ArraySlice<UInt8>) -> Int? {
    guard let order = ByteOrder(tiff.prefix(2)),
      let directory = order.read(4, bytesAt: 4, of: tiff),
      let count = order.read(2, bytesAt: directory, of: tiff)
    else { return nil }
    for entry in 0..<count {
      let start = directory + 2 + 12 * entry
      guard let tag = order.read(2, bytesAt: start, of: tiff) else { return nil }
      // Tag, type, count, then the value in the first bytes of its four.
      if tag == 0x0112, let value = order.read(2, bytesAt: start + 8, of: tiff) {
        return (1...8).contains(value) ? value : nil
      }
    }
    return nil
  }

  private enum ByteOrder {
    case little, big

    init?(_ mark: ArraySlice<UInt8>) {
      switch Array(mark) {
      case Array("II".utf8): self = .little
      case Array("MM".utf8): self = .big
      default: return nil
      }
    }

    func read(_ count: Int, bytesAt offset: Int, of tiff: ArraySlice<UInt8>) -> Int? {
      guard offset >= 0, offset + count <= tiff.count else { return nil }
      let field = tiff.dropFirst(offset).prefix(count)
      let bigEndian = self == .big ? Array(field) : field.reversed()
      return bigEndian.reduce(0) { $0 << 8 | Int($1) }
    }
  }
}
