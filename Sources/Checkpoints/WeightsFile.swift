import Foundation

/// A file's bytes, read by the operating system when they are touched.
///
/// The mapping is never written to, so that any thread may read it.
@safe final class MappedFile: @unchecked Sendable {
  /// Size of the file in bytes.
  let byteCount: Int
  private let base: UnsafeMutableRawPointer?

  /// Maps a file.
  ///
  /// - Throws: ``CheckpointError`` when the file cannot be opened or mapped.
  init(_ url: URL) throws {
    let descriptor = unsafe open(url.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure("cannot be opened", url) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw CheckpointError(.inaccessible("this is not a file"), in: url.path)
    }
    byteCount = Int(status.st_size)
    // An empty file cannot be mapped.
    guard byteCount > 0 else {
      unsafe base = nil
      return
    }
    let mapping = unsafe mmap(nil, byteCount, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard unsafe mapping != MAP_FAILED else { throw Self.failure("cannot be mapped", url) }
    unsafe base = mapping
  }

  deinit {
    if let base = unsafe base { unsafe munmap(base, byteCount) }
  }

  /// The file's bytes within a range, valid while `body` runs.
  func withBytes<Result>(
    _ range: Range<Int>, _ body: (RawSpan) throws -> Result
  ) rethrows -> Result {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= byteCount,
      "MappedFile: \(range) is not within \(byteCount) bytes")
    let all = unsafe UnsafeRawBufferPointer(start: base, count: byteCount)
    return try unsafe body(UnsafeRawBufferPointer(rebasing: all[range]).bytes)
  }

  /// Gives back the memory that holds a range, until it is touched again.
  ///
  /// Only pages that lie wholly within the range are given back.
  func release(_ range: Range<Int>) {
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let first = (range.lowerBound + page - 1) / page * page
    let end = range.upperBound == byteCount ? byteCount : range.upperBound / page * page
    guard let base = unsafe base, first < end else { return }
    // Advice may be refused; the memory is then kept, and nothing is wrong.
    _ = unsafe madvise(base + first, end - first, Int32(MADV_DONTNEED))
  }

  private static func failure(_ what: String, _ url: URL) -> CheckpointError {
    let why = unsafe String(cString: strerror(errno))
    return CheckpointError(.inaccessible("the file \(what): \(why)"), in: url.path)
  }
}
