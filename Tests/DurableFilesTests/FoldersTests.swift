import DurableFiles
import Foundation
import TestSupport
import Testing

@Suite struct FoldersTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func makesFoldersAndThoseAbove() throws {
    let url = folder.appending("a/b/c")
    for _ in 0..<2 { try makeFolder(url) }
    #expect(try namesInFolder(folder.appending("a/b")) == ["c"])
    try folder.write("x", "file")
    for path in ["file", "file/under"] {
      let error = #expect(throws: WritingError.self) { try makeFolder(folder.appending(path)) }
      #expect(error?.code == .ENOTDIR)
    }
  }

  @Test func onlyWhatIsNotThereIsNothing() throws {
    try folder.write("x", "file")
    for path in ["absent", "file/under"] {
      #expect(try readFile(folder.appending(path)) == nil)
      #expect(try namesInFolder(folder.appending(path)) == nil)
      #expect(try FileStatus(of: folder.appending(path), followingLinks: true) == nil)
    }
    #expect(try readFile(folder.appending("file")) == Data("x".utf8))
    let tooLong = folder.appending(String(repeating: "x", count: 300))
    #expect(throws: POSIXError(.ENAMETOOLONG)) { try readFile(tooLong) }
    #expect(throws: POSIXError(.ENOTDIR)) { try namesInFolder(folder.appending("file")) }
  }

  @Test func pipesAndFoldersAreNotRead() throws {
    mkfifo(folder.appending("pipe").path, 0o600)
    #expect(throws: POSIXError(.EEXIST)) { try readFile(folder.appending("pipe")) }
    #expect(throws: POSIXError(.EISDIR)) { try readFile(folder.url) }
  }

  @Test func aFolderIsLockedOnce() throws {
    let lock = try FolderLock(folder.url)
    #expect(lock != nil)
    #expect(try FolderLock(folder.url) == nil)
    withExtendedLifetime(lock) {}
  }
}
