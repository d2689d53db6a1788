import Foundation

/// Memory of one thread that grows to what its work needs.
final class Scratch: @unchecked Sendable {  // Used by one thread at a time.
  private static let alignment = 64

  private var pointer: UnsafeMutableRawPointer?
  private var capacity = 0
  private let failure: Failure

  /// Nothing yet.
  init(_ failure: Failure) { self.failure = failure }

  deinit { free(pointer) }

  /// At least `byteCount` bytes, whose contents are undefined; nil where the system has no more.
  func memory(_ byteCount: Int) -> UnsafeMutableRawPointer? {
    if pointer != nil && byteCount <= capacity { return pointer }
    free(pointer)
    pointer = nil
    guard posix_memalign(&pointer, Self.alignment, max(byteCount, Self.alignment)) == 0 else {
      pointer = nil
      failure.report(byteCount)
      return nil
    }
    capacity = max(byteCount, Self.alignment)
    return pointer
  }
}
