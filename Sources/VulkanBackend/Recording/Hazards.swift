/// A part of the device's memory, by address.
package typealias MemoryRange = Range<UInt64>

/// What was read and written since the last barrier.
///
/// Work without a hazard between them may overlap on the device.
package struct Hazards: Sendable {
  /// Ranges that are remembered: beyond, one more barrier is cheaper than a longer search.
  private static let limit = 256

  private var reads: [MemoryRange] = []
  private var writes: [MemoryRange] = []

  /// Nothing was read or written.
  package init() {}

  /// Notes what comes next.
  ///
  /// - Returns: Whether a barrier must come before it, because it reads or writes what was written,
  ///   writes what was read, or too much is remembered.
  package mutating func add(reads newReads: [MemoryRange], writes newWrites: [MemoryRange]) -> Bool
  {
    let needsBarrier =
      reads.count + writes.count > Self.limit || Self.overlap(newReads, writes)
      || Self.overlap(newWrites, writes) || Self.overlap(newWrites, reads)
    if needsBarrier { (reads, writes) = ([], []) }
    reads += newReads
    writes += newWrites
    return needsBarrier
  }

  private static func overlap(_ some: [MemoryRange], _ others: [MemoryRange]) -> Bool {
    some.contains { range in others.contains { range.overlaps($0) } }
  }
}
