import Foundation
import Synchronization
import Tensors

/// Keeps freed memory for the next results, whatever their sizes.
///
/// Fresh pages from the system cost more than most operations on them: 0.05 s for 1 GB at best, 2 s where
/// a virtual machine has to ask its host for them. So as much is kept as results needed at once at most;
/// memory goes back to the system when more than that would be held, because what is kept lies in
/// pieces that are too small.
package final class MemoryPool: Sendable {
  /// A cache line, and the width of the widest register.
  private static let alignment = 64
  /// Least size that the system is asked for.
  private static let slab = 1 << 22
  /// Bytes beyond the most that results needed at once, held for the sake of fewer fresh pages.
  private static let allowance = 1 << 26

  private struct State {
    var free = FreeRanges()
    /// Bytes of all blocks, in use or kept, now and at most so far.
    var held = 0
    var peak = 0
    /// The most bytes that were in use at once.
    var mostUsed = 0
    var freshCount = 0
  }

  private let state = Mutex(State())
  /// Set when memory could not be had.
  package let failure = Failure()
  private let limit: Int

  /// A pool that keeps nothing yet.
  ///
  /// - Parameter limit: Bytes that it asks the system for at most.
  package init(limit: Int = .max) { self.limit = limit }

  /// Bytes that the pool has from the system now.
  package var heldByteCount: Int { state.withLock { $0.held } }

  /// Bytes that are kept now.
  package var keptByteCount: Int { state.withLock { $0.free.byteCount } }

  /// Bytes that the pool had from the system at most, those in use and those kept together.
  package var peakByteCount: Int { state.withLock { $0.peak } }

  /// How often the pool asked the system so far.
  package var freshBlockCount: Int { state.withLock { $0.freshCount } }

  deinit { state.withLock { Self.unmap($0.free.ranges) } }

  /// A block of at least `byteCount` bytes, whose contents are undefined. Where none is to be had, there
  /// is a ``failure``.
  package func take(_ byteCount: Int) -> CPUStorage {
    let size = Self.size(of: byteCount)
    let block = state.withLock { state -> (address: UInt, isFresh: Bool)? in
      state.mostUsed = max(state.mostUsed, state.held - state.free.byteCount + size)
      if let address = state.free.take(size) { return (address, false) }
      return takeFresh(size, &state).map { ($0, true) }
    }
    guard let block else {
      failure.report(byteCount)
      return CPUStorage(
        UInt(Self.alignment), byteCount: byteCount, isFresh: false, pool: nil)
    }
    return CPUStorage(block.address, byteCount: byteCount, isFresh: block.isFresh, pool: self)
  }

  /// Keeps a block that nobody uses any more.
  func give(back address: UInt, _ byteCount: Int) {
    state.withLock { $0.free.insert(address..<address + UInt(Self.size(of: byteCount))) }
  }

  private static func size(of byteCount: Int) -> Int {
    (max(byteCount, 1) + alignment - 1) / alignment * alignment
  }

  private func takeFresh(_ size: Int, _ state: inout State) -> UInt? {
    let page = Int(getpagesize())
    let fresh = (max(size, Self.slab) + page - 1) / page * page
    let excess = state.held + fresh - state.mostUsed - Self.allowance
    if excess > 0 {
      let removed = state.free.removePages(excess, size: page)
      Self.unmap(removed)
      state.held -= removed.reduce(0) { $0 + $1.count }
    }
    guard fresh <= limit - state.held, let first = Self.map(fresh) else { return nil }
    if size < fresh { state.free.insert(first + UInt(size)..<first + UInt(fresh)) }
    state.held += fresh
    state.peak = max(state.peak, state.held)
    state.freshCount += 1
    return first
  }

  private static func map(_ size: Int) -> UInt? {
    let pointer = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let pointer, pointer != MAP_FAILED else { return nil }
    return UInt(bitPattern: pointer)
  }

  private static func unmap(_ ranges: [Range<UInt>]) {
    for range in ranges {
      munmap(UnsafeMutableRawPointer(bitPattern: range.lowerBound), range.count)
    }
  }
}
