import CPUKernelInterface
package import Tensors

/// A block of host memory, given back to its pool when the last tensor lets it go.
///
/// Unchecked because a pointer is not `Sendable`: the memory is written by one operation at a time.
package final class CPUStorage: Storage, @unchecked Sendable {
  package let pointer: UnsafeMutableRawPointer
  /// Whether the memory comes from the system, untouched.
  package let isFresh: Bool
  private let pool: MemoryPool?

  /// - Parameter pool: Gets the memory back; nil for memory that could not be had, which nobody reads or
  ///   writes, whatever its address.
  init(_ address: UInt, byteCount: Int, isFresh: Bool, pool: MemoryPool?) {
    guard let pointer = UnsafeMutableRawPointer(bitPattern: address) else {
      preconditionFailure("the memory pool gave no address")
    }
    self.pointer = pointer
    self.isFresh = isFresh
    self.pool = pool
    super.init(byteCount: byteCount)
  }

  /// The memory as words of packed operands.
  var words: UnsafeMutablePointer<Word> { pointer.assumingMemoryBound(to: Word.self) }

  deinit { pool?.give(back: UInt(bitPattern: pointer), byteCount) }
}
