package import Foundation

/// Some lines of a text file that may be larger than memory.
package struct TextPiece {
  /// The lines' bytes.
  package let text: Data
  /// Where they begin in the file.
  package let offset: Int
  /// Where in the text each line stands, without its end.
  package let lines: [Range<Int>]
  /// Whether the last line has its end.
  package let isTerminated: Bool

  /// Where in the file the next line begins.
  package var end: Int { offset + (lines.last?.upperBound ?? 0) + (isTerminated ? 1 : 0) }
}

extension OutputFiles {
  /// Goes through a text file a few megabytes at a time; nothing happens where none is.
  package func forEachPiece(of url: URL, size: Int = 4 << 20, _ body: (TextPiece) throws -> Void)
    throws
  {
    var (rest, offset) = (Data(), 0)
    while let read = try self.read(url, at: offset + rest.count, count: size), !read.isEmpty {
      rest += read
      let (lines, end) = rest.terminatedLines
      if lines.isEmpty { continue }
      try body(TextPiece(text: rest, offset: offset, lines: lines, isTerminated: true))
      (rest, offset) = (Data(rest[end...]), offset + end)
    }
    if rest.isEmpty { return }
    try body(TextPiece(text: rest, offset: offset, lines: [0..<rest.count], isTerminated: false))
  }
}

extension Data {
  /// Where the lines stand that have their ends, and what follows the last of them begins; for bytes that begin at zero.
  fileprivate var terminatedLines: (lines: [Range<Int>], end: Int) {
    let bytes = span
    var (lines, start) = ([Range<Int>](), 0)
    for index in bytes.indices where bytes[index] == UInt8(ascii: "\n") {
      lines.append(start..<index)
      start = index + 1
    }
    return (lines, start)
  }
}
