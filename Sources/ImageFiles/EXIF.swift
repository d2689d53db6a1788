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
    // What else stands between the segments is passed over, as libjpeg does.
    while let start = bytes[position...].firstIndex(of: 0xFF), start + 4 <= bytes.count {
      let marker = bytes[start + 1]
      guard hasSegment(marker) else {
        position = start + 1
        continue
      }
      let end = start + 2 + Int(bytes[start + 2]) << 8 + Int(bytes[start + 3])
      // Start of scan or end of image: no more notes.
      guard marker != 0xDA, marker != 0xD9, end >= start + 4, end <= bytes.count else { return nil }
      let body = bytes[(start + 4)..<end]
      if marker == 0xE1, body.starts(with: signature) { return body.dropFirst(signature.count) }
      position = end
    }
    return nil
  }

  /// Whether a length and so many bytes follow the marker: not for a fill byte, a byte of data that only
  /// looks like a marker, TEM and the restart markers.
  private static func hasSegment(_ marker: UInt8) -> Bool {
    marker > 0x01 && marker < 0xFF && !(0xD0...0xD7).contains(marker)
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
