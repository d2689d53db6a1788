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
  /// Whether the memory comes from the system, untouched.
  let isFresh: Bool
  private let capacity: Int
  private let pool: MemoryPool

  fileprivate init(
    _ pointer: UnsafeMutableRawPointer, byteCount: Int, isFresh: Bool, capacity: Int,
    pool: MemoryPool
  ) {
    self.pointer = pointer
    self.byteCount = byteCount
    self.isFresh = isFresh
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
  private static let limit = 1 << 29
  /// A cache line, and the width of the widest register.
  private static let alignment = 64
  /// Size from which a block gets pages of its own, which go back to the system when it is freed.
  private static let largeBlock = 1 << 22

  fileprivate struct Blocks {
    var free: [Int: [UInt]] = [:]
    var kept = 0
    /// Bytes of all blocks, in use or kept, now and at most so far.
    var held = 0
    var peak = 0
    /// When blocks of a size were last asked for or given back.
    var lastUse: [Int: UInt64] = [:]
    var now: UInt64 = 0
  }

  private let blocks = Mutex(Blocks())

  /// A pool that keeps nothing yet.
  package init() {}

  /// Bytes of freed blocks that are kept now.
  package var keptByteCount: Int { blocks.withLock { $0.kept } }

  /// Bytes that the pool had from the system at most, blocks in use and kept ones together.
  package var peakByteCount: Int { blocks.withLock { $0.peak } }

  deinit {
    blocks.withLock { blocks in
      for (capacity, addresses) in blocks.free {
        for address in addresses { Self.discard(address, capacity) }
      }
    }
  }

  /// A block of at least `byteCount` bytes, whose contents are undefined.
  ///
  /// - Parameter exactly: Whether to round up as little as possible: for what stays, as weights do.
  package func take(_ byteCount: Int, exactly: Bool = false) -> CPUStorage {
    let capacity = Self.capacity(for: byteCount, exactly: exactly)
    let kept = blocks.withLock { blocks -> UInt? in
      blocks.touch(capacity)
      guard let address = blocks.free[capacity]?.popLast() else {
        blocks.held += capacity
        blocks.peak = max(blocks.peak, blocks.held)
        return nil
      }
      blocks.kept -= capacity
      return address
    }
    let pointer = kept.flatMap { UnsafeMutableRawPointer(bitPattern: $0) } ?? Self.fresh(capacity)
    return CPUStorage(
      pointer, byteCount: byteCount, isFresh: kept == nil, capacity: capacity, pool: self)
  }

  fileprivate func give(back pointer: UnsafeMutableRawPointer, capacity: Int) {
    let surplus = blocks.withLock { blocks in
      blocks.touch(capacity)
      blocks.free[capacity, default: []].append(UInt(bitPattern: pointer))
      blocks.kept += capacity
      return blocks.removeOldest(downTo: Self.limit)
    }
    for (address, capacity) in surplus { Self.discard(address, capacity) }
  }

  /// Rounds up to an eighth of the next lower power of two: at most 12.5 % are wasted, and a large
  /// block's pages behind its end are never touched.
  private static func capacity(for byteCount: Int, exactly: Bool) -> Int {
    let size = max(byteCount, 512)
    let eighth = 1 << (Int.bitWidth - 1 - size.leadingZeroBitCount - 3)
    let step = exactly ? alignment : max(alignment, eighth)
    return (size + step - 1) / step * step
  }

  private static func fresh(_ capacity: Int) -> UnsafeMutableRawPointer {
    var pointer: UnsafeMutableRawPointer?
    if capacity >= largeBlock {
      let mapping = mmap(nil, capacity, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
      pointer = mapping == MAP_FAILED ? nil : mapping
    } else {
      posix_memalign(&pointer, alignment, capacity)
    }
    guard let pointer else {
      fatalError("out of memory: \(capacity) bytes for a tensor could not be had")
    }
    return pointer
  }

  private static func discard(_ address: UInt, _ capacity: Int) {
    let pointer = UnsafeMutableRawPointer(bitPattern: address)
    if capacity >= largeBlock { munmap(pointer, capacity) } else { free(pointer) }
  }
}

extension MemoryPool.Blocks {
  fileprivate mutating func touch(_ capacity: Int) {
    now += 1
    lastUse[capacity] = now
  }

  /// Takes out blocks of the sizes that nobody has used for longest.
  fileprivate mutating func removeOldest(downTo limit: Int) -> [(address: UInt, capacity: Int)] {
    var removed: [(address: UInt, capacity: Int)] = []
    while kept > limit {
      let sizes = free.filter { !$0.value.isEmpty }.keys
      guard let size = sizes.min(by: { lastUse[$0, default: 0] < lastUse[$1, default: 0] }),
        let address = free[size]?.popLast()
      else { break }
      removed.append((address, size))
      kept -= size
      held -= size
    }
    return removed
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
