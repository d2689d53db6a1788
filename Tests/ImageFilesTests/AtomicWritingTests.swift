import Foundation
import ImageFiles
import Testing

@Suite struct AtomicWritingTests {
  let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  @Test func aFileIsMadeAndReplacedWithNothingLeftBeside() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = folder.appending(path: "a.png")
    for content in ["one", "another"] {
      // What a killed run left does no harm.
      try Data("half".utf8).write(to: temporaryURL(for: url))
      try writeAtomically(Data(content.utf8), to: url)
      #expect(try Data(contentsOf: url) == Data(content.utf8))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.png"])
    }
  }

  @Test func aFailureNamesTheFileAndLeavesNothing() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    // A folder cannot be replaced by a file.
    let url = folder.appending(path: "taken")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    let error = #expect(throws: ImageError.self) { try writeAtomically(Data("x".utf8), to: url) }
    #expect(
      error?.description.contains("taken: the file cannot be written (Is a directory)") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["taken"])
    #expect(throws: ImageError.self) {
      try writeAtomically(Data(), to: folder.appending(path: "no/such/folder"))
    }
  }
}
