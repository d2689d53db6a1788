import DurableFiles
import Faults
import Foundation
import Testing

@Suite struct WritingErrorTests {
  @Test(arguments: [
    POSIXErrorCode.EACCES, .EPERM, .EROFS, .ENOENT, .ENOTDIR, .ENAMETOOLONG, .EISDIR, .ELOOP,
    .EEXIST,
  ]) func tellsAPathThatCannotBe(code: POSIXErrorCode) {
    #expect(WritingError("/a", code).kind == .cannotCreate)
  }

  @Test(arguments: [POSIXErrorCode.ENOSPC, .EDQUOT, .EIO, .EFBIG])
  func fromAWriteThatFailed(code: POSIXErrorCode) {
    #expect(WritingError("/a", code).kind == .inputOutput)
  }

  @Test func whatTheSystemThrowsIsAFaultToo() throws {
    let unknown = fault(of: POSIXError(.EIO))
    #expect(unknown.kind == .inputOutput && "\(unknown)".hasPrefix("Input/output error."))
    let known = WritingError("/a", .EROFS)
    #expect(fault(of: known) as? WritingError == known)
  }

  @Test func saysWhereAndWhy() {
    for (code, text) in [
      (POSIXErrorCode.ENOSPC, "/a/b: the disk is full (No space left on device). Free some space"),
      (.EROFS, "/a/b: this cannot be written (Read-only file system). Check the path"),
      (.EISDIR, "/a/b: this cannot be written (there is a folder of this name)"),
      (.EIO, "/a/b: writing failed (Input/output error). Check the disk"),
    ] {
      #expect(WritingError("/a/b", code).description.hasPrefix(text))
    }
  }
}
