import Foundation
import Synchronization
import TensorCore

/// A block of host memory, given back to its pool when the last tensor lets it go.
///
/// Unchecked because a pointer is not `Sendable`: the memory is written once, by the operation that
/// asked for it.
package final class CPUStorage: Storage, @unchecked Sendable {
  package let pointer: UnsafeMutableRawPointer
  package let byteCount: Int
  private let capacity: Int
  private let pool: MemoryPool

  fileprivate init(
    _ pointer: UnsafeMutableRawPointer, byteCount: Int, capacity: Int, pool: MemoryPool
  ) {
    self.pointer = pointer
    self.byteCount = byteCount
    self.capacity = capacity
    self.pool = pool
  }

  deinit { pool.give(back: pointer, capacity: capacity) }
}

/// Keeps freed blocks for the next result of about the same size.
///
/// A model asks for the same sizes in every step, and fresh pages from the system cost more than most
/// operations on them.
package final class MemoryPool: Sendable {
  /// Bytes of freed blocks that are kept at most.
  private static let limit = 1 << 30
  /// A cache line, and the width of the widest register.
  private static let alignment = 64

  private struct Blocks {
    var free: [Int: [UInt]] = [:]
    var kept = 0
  }

  private let blocks = Mutex(Blocks())

  /// A pool that keeps nothing yet.
  package init() {}

  /// Bytes of freed blocks that are kept now.
  package var keptByteCount: Int { blocks.withLock { $0.kept } }

  deinit {
    blocks.withLock { blocks in
      for address in blocks.free.values.joined() {
        free(UnsafeMutableRawPointer(bitPattern: address))
      }
    }
  }

  /// A block of at least `byteCount` bytes, whose contents are undefined.
  package func take(_ byteCount: Int) -> CPUStorage {
    let capacity = Self.capacity(for: byteCount)
    let kept = blocks.withLock { blocks -> UInt? in
      guard let address = blocks.free[capacity]?.popLast() else { return nil }
      blocks.kept -= capacity
      return address
    }
    let pointer = kept.flatMap { UnsafeMutableRawPointer(bitPattern: $0) } ?? Self.fresh(capacity)
    return CPUStorage(pointer, byteCount: byteCount, capacity: capacity, pool: self)
  }

  fileprivate func give(back pointer: UnsafeMutableRawPointer, capacity: Int) {
    let isKept = blocks.withLock { blocks in
      guard blocks.kept + capacity <= Self.limit else { return false }
      blocks.free[capacity, default: []].append(UInt(bitPattern: pointer))
      blocks.kept += capacity
      return true
    }
    if !isKept { free(pointer) }
  }

  /// Rounds up to an eighth of the next lower power of two: at most 12.5 % are wasted.
  private static func capacity(for byteCount: Int) -> Int {
    let size = max(byteCount, 512)
    let step = max(alignment, 1 << (Int.bitWidth - 1 - size.leadingZeroBitCount - 3))
    return (size + step - 1) / step * step
  }

  private static func fresh(_ capacity: Int) -> UnsafeMutableRawPointer {
    var pointer: UnsafeMutableRawPointer?
    guard posix_memalign(&pointer, alignment, capacity) == 0, let pointer else {
      fatalError("out of memory: \(capacity) bytes for a tensor could not be had")
    }
    return pointer
  }
}

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
