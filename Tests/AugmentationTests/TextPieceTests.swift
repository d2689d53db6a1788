import Augmentation
import DurableFiles
import Foundation
import TestSupport
import Testing

@Suite struct TextPieceTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The lines with their places in the file, and whether the last one has its end, read a few bytes at a time.
  private func lines(of text: String, size: Int) throws -> (lines: [String], isTerminated: Bool) {
    let (url, data) = (folder.appending("text"), Data(text.utf8))
    try data.write(to: url)
    var (found, end, isTerminated) = ([String](), 0, true)
    try Disk().forEachPiece(of: url, size: size) { piece in
      #expect(piece.offset == end && isTerminated)
      for range in piece.lines {
        let line = data[piece.offset + range.lowerBound..<piece.offset + range.upperBound]
        #expect(piece.text[range] == line)
        found.append(String(decoding: line, as: UTF8.self))
      }
      (end, isTerminated) = (piece.end, piece.isTerminated)
    }
    #expect(end == data.count)
    return (found, isTerminated)
  }

  @Test(arguments: [1, 2, 3, 5, 100]) func areTheLinesOfTheFile(size: Int) throws {
    for text in ["", "\n", "a\n", "a\nbcdefgh\n\nä\n", "\n\n", "abc\nd\n"] {
      let (lines, isTerminated) = try lines(of: text, size: size)
      #expect(lines.map { $0 + "\n" }.joined() == text && isTerminated)
    }
    for text in ["a", "a\nbcdefgh", "\n\nb"] {
      let (lines, isTerminated) = try lines(of: text, size: size)
      #expect(lines.joined(separator: "\n") == text && !isTerminated)
    }
  }

  @Test func areNoneOfWhatIsNotThere() throws {
    try Disk().forEachPiece(of: folder.appending("nothing")) { _ in Issue.record("a piece") }
  }
}
