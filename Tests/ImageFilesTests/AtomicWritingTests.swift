import DurableFiles
import Foundation
import ImageFiles
import TestSupport
import Testing

@Suite struct AtomicWritingTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func aFileIsMadeAndReplacedWithNothingLeftBeside() throws {
    let url = folder.appending("a.png")
    for content in ["one", "another"] {
      try writeAtomically(Data(content.utf8), to: url)
      #expect(try Data(contentsOf: url) == Data(content.utf8))
      #expect(try folder.contents == ["a.png"])
    }
  }

  @Test func aFailureNamesTheFileAndLeavesNothing() throws {
    // A folder cannot be replaced by a file.
    let url = folder.appending("taken")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    let error = #expect(throws: WritingError.self) { try writeAtomically(Data("x".utf8), to: url) }
    #expect(error?.code == .EISDIR)
    #expect(error?.description.contains("taken: this cannot be written") == true)
    #expect(try folder.contents == ["taken"])
    #expect(throws: WritingError.self) {
      try writeAtomically(Data(), to: folder.appending("no/such/folder"))
    }
  }
}
