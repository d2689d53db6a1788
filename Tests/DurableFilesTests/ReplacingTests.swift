import DurableFiles
import Foundation
import TestSupport
import Testing

@Suite struct ReplacingTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func replace(_ url: URL, _ text: String = "new") throws {
    try replaceFile(at: url) { try $0.write(Data(text.utf8)) }
  }

  private func permissions(_ url: URL) throws -> mode_t? {
    try FileStatus(of: url, followingLinks: false)?.permissions
  }

  private func code(_ body: () throws -> Void) -> POSIXErrorCode? {
    (#expect(throws: WritingError.self) { try body() })?.code
  }

  @Test func makesAndReplacesAFileAndLeavesNothingBeside() throws {
    let url = folder.appending("a.txt")
    for text in ["one", "two"] {
      try replace(url, text)
      #expect(try Data(contentsOf: url) == Data(text.utf8))
      #expect(try folder.contents == ["a.txt"])
    }
  }

  @Test func aFailureLeavesTheOldFileAlone() throws {
    struct Failure: Error {}
    let url = try folder.write("old", "a.txt")
    #expect(throws: Failure.self) {
      try replaceFile(at: url) {
        try $0.write(Data("half".utf8))
        throw Failure()
      }
    }
    #expect(try tree(folder.url) == ["a.txt": Data("old".utf8)])
  }

  @Test func permissionsAreKeptAndNewOnesFollowTheMask() throws {
    let (old, new) = (try folder.write("old", "old.txt"), folder.appending("new.txt"))
    for wanted: mode_t in [0o600, 0o640, 0o444, 0o775] {
      chmod(old.path, wanted)
      try replace(old)
      #expect(try permissions(old) == wanted)
    }
    try replace(new)
    let made = open(folder.appending("made").path, O_CREAT | O_WRONLY, 0o666)
    close(made)
    #expect(try permissions(new) == permissions(folder.appending("made")))
  }

  @Test func aLinkStaysALinkAndItsTargetIsReplaced() throws {
    let inner = folder.appending("inner")
    try makeFolder(inner.appendingPathComponent("deep"))
    let target = try folder.write("old", "inner/target.txt")
    // Behind the linked folder, '..' is another folder than the text says.
    try link("deep", to: "inner/deep")
    try link("first", to: "deep/../second")
    try link("inner/second", to: "target.txt")
    try replace(folder.appending("first"))
    #expect(try Data(contentsOf: target) == Data("new".utf8))
    #expect(try folder.contents == ["deep", "first", "inner"])

    try link("dangling", to: "inner/made.txt")
    try replace(folder.appending("dangling"))
    #expect(try Data(contentsOf: folder.appending("inner/made.txt")) == Data("new".utf8))
    try link("loop", to: "loop")
    #expect(code { try replace(folder.appending("loop")) } == .ELOOP)
  }

  private func link(_ name: String, to path: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder.appending(name).path, withDestinationPath: path)
  }

  @Test func refusesWhatIsNoFileBeforeAnyWork() throws {
    mkfifo(folder.appending("pipe").path, 0o600)
    try makeFolder(folder.appending("taken"))
    try link("null", to: "/dev/null")
    let before = try folder.contents
    for (name, expected) in [
      ("pipe", POSIXErrorCode.EEXIST), ("null", .EEXIST), ("taken", .EISDIR), ("no/such", .ENOENT),
    ] {
      let url = folder.appending(name)
      #expect(code { try checkReplaceable(url) } == expected)
      #expect(code { try replaceFile(at: url) { _ in Issue.record("work was done") } } == expected)
    }
    #expect(try folder.contents == before)
  }

  @Test func theLongestNamesCanBeReplaced() throws {
    let url = folder.appending(String(repeating: "é", count: 127) + "x")
    try replace(url)
    try replace(url, "again")
    #expect(try Data(contentsOf: url) == Data("again".utf8))
    #expect(
      code { try replace(folder.appending(String(repeating: "x", count: 256))) } == .ENAMETOOLONG)
    #expect(try folder.contents == [url.lastPathComponent])
  }
}
