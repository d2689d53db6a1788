/// Memory of one thread that grows to what its work needs.
final class Scratch: @unchecked Sendable {  // Used by one thread at a time.
  private var pointer = UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 64)
  private var capacity = 64

  deinit { pointer.deallocate() }

  /// At least `byteCount` bytes, whose contents are undefined.
  func memory(_ byteCount: Int) -> UnsafeMutableRawPointer {
    if byteCount > capacity {
      pointer.deallocate()
      pointer = .allocate(byteCount: byteCount, alignment: 64)
      capacity = byteCount
    }
    return pointer
  }
}
