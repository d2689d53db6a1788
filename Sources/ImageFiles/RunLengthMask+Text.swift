extension RunLengthMask {
  /// The runs as COCO's files have them: five bits a character, of each run from the third on what it is longer than the
  /// one before the last.
  ///
  /// Source: `rleToString` of pycocotools.
  public var text: String {
    var characters: [UInt8] = []
    for (index, count) in counts.enumerated() {
      var rest = index > 2 ? count - counts[index - 2] : count
      var isDone = false
      while !isDone {
        let bits = UInt8(truncatingIfNeeded: rest & 0x1f)
        rest >>= 5
        // The sign is the highest of the last bits.
        isDone = bits & 0x10 != 0 ? rest == -1 : rest == 0
        characters.append((isDone ? bits : bits | 0x20) + 48)
      }
    }
    return String(decoding: characters, as: UTF8.self)
  }

  /// Reads runs that a file of COCO has as text.
  ///
  /// - Returns: nil for text that is none, or whose runs do not fill the image.
  public init?(width: Int, height: Int, text: String) {
    var counts: [Int] = []
    var (value, shift) = (0, 0)
    for character in text.utf8 {
      guard (48..<112).contains(character), shift < 45 else { return nil }
      let bits = Int(character) - 48
      value |= (bits & 0x1f) << shift
      shift += 5
      guard bits & 0x20 == 0 else { continue }
      if bits & 0x10 != 0 { value |= -1 << shift }
      let count = counts.count > 2 ? value + counts[counts.count - 2] : value
      guard (0...Self.mostPixels).contains(count) else { return nil }
      counts.append(count)
      (value, shift) = (0, 0)
    }
    self.init(width: width, height: height, shift == 0 ? counts : [])
  }

  /// Takes runs that a file has as numbers.
  ///
  /// - Returns: nil where they do not fill the image.
  public init?(width: Int, height: Int, _ counts: [Int]) {
    let pixels = width.multipliedReportingOverflow(by: height)
    guard width > 0, height > 0, !pixels.overflow, pixels.partialValue <= Self.mostPixels,
      counts.allSatisfy({ (0...Self.mostPixels).contains($0) }),
      counts.reduce(0, +) == pixels.partialValue
    else { return nil }
    self.init(width: width, height: height, counts: counts)
  }

  /// More than any image has, and few enough to be added up.
  private static let mostPixels = 1 << 40
}
