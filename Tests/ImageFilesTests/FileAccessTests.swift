import DurableFiles
import Faults
import Foundation
import ImageFiles
import TestSupport
import Testing

/// What cannot be read or written is told apart from what is wrong inside.
@Suite struct FileAccessTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let readers: [@Sendable (URL) throws -> Void] = [
    { _ = try Image(contentsOf: $0) }, { _ = try LabelImage(contentsOf: $0) },
    { _ = try ImageSize(ofImageAt: $0) }, { _ = try PNGText.all(in: $0) },
  ]

  private func expectInaccessible(_ url: URL, _ found: String) {
    for read in Self.readers {
      let error = #expect(throws: ImageError.self) { try read(url) }
      #expect(error?.kind == .noInput)
      #expect(error?.file == url.path)
      #expect(error?.found == found)
    }
  }

  @Test func theSystemsReasonIsGiven() throws {
    expectInaccessible(
      folder.appending("none.png"), "the file cannot be read (No such file or directory)")
    try folder.write("", "a.png")
    expectInaccessible(
      folder.appending("a.png/b.png"), "the file cannot be read (Not a directory)")
    try FileManager.default.createSymbolicLink(
      atPath: folder.appending("loop.png").path, withDestinationPath: "loop.png")
    expectInaccessible(
      folder.appending("loop.png"),
      "the file cannot be read (\(String(cString: strerror(ELOOP))))")
  }

  @Test(.enabled(if: getuid() != 0, "root may read everything"))
  func aFileWithoutPermissionIsNamed() throws {
    let url = try folder.write("", "a.png")
    #expect(chmod(url.path, 0) == 0)
    expectInaccessible(url, "the file cannot be read (Permission denied)")
  }

  /// Reading a pipe to which nobody writes, or a device without end, would never come back.
  @Test func onlyFilesAreRead() throws {
    expectInaccessible(folder.url, "this is a folder, not a file")
    let pipe = folder.appending("pipe.png")
    #expect(mkfifo(pipe.path, 0o600) == 0)
    expectInaccessible(pipe, "this is a pipe or a device, not a file")
    expectInaccessible(URL(filePath: "/dev/zero"), "this is a pipe or a device, not a file")
  }

  @Test func wrongContentIsNoMatterOfAccess() throws {
    let url = try folder.write("GIF89a", "a.png")
    for read in Self.readers {
      let error = #expect(throws: ImageError.self) { try read(url) }
      #expect(error?.kind == .badData)
    }
  }

  @Test func aPlaceThatCannotBeWrittenToIsNamed() throws {
    try folder.write("", "file")
    for place in ["no/such/folder.png", "file/a.png", String(repeating: "a", count: 300)] {
      let error = #expect(throws: WritingError.self) {
        try writeAtomically(Data("x".utf8), to: folder.appending(place))
      }
      #expect(error?.kind == .cannotCreate, "\(place): \(String(describing: error))")
    }
  }

  @Test func writingThatFailsHalfwayIsToldApart() async {
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      // No file of this process may grow beyond a kilobyte, as on a disk that is full.
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 1024, rlim_max: 1024)
      #expect(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
      let error = #expect(throws: WritingError.self) {
        try writeAtomically(Data(count: 1 << 16), to: folder.appending("a.png"))
      }
      #expect(error?.kind == .inputOutput)
    }
  }
}
