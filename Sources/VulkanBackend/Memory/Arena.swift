import Synchronization
import TensorCore

/// Memory of the device, in few large blocks of which parts are handed out.
///
/// Freed parts serve the next requests, whatever their sizes. So much is kept as was needed at once at
/// most; whole blocks go back to the driver when more than that would be held. An arena within another
/// one has its blocks from there, and keeps them all.
package final class Arena: Sendable {
  /// Every part begins at a multiple: no device wants more for any type.
  private static let alignment = 256
  /// Bytes beyond the most that was needed at once, held for the sake of fewer blocks.
  private static let allowance = 1 << 27

  /// All of a buffer, or a part of one that another arena gave.
  private struct Block {
    let buffer: DeviceBuffer
    /// Where it lies in the buffer.
    let range: Range<UInt>
    let part: VulkanStorage?
    var free = FreeRanges()
    var isUnused: Bool { free.byteCount == range.count }

    init(_ buffer: DeviceBuffer, _ range: Range<UInt>, part: VulkanStorage? = nil) {
      (self.buffer, self.range, self.part) = (buffer, range, part)
      free.insert(range)
    }
  }

  private struct State {
    var blocks: [Block] = []
    var held = 0
    var used = 0
    var mostUsed = 0
  }

  private enum Source {
    /// - `settle`: Waits until the device has done all that was asked of it.
    case driver(LogicalDevice, DeviceBuffer.Kind, settle: @Sendable () -> Void)
    case arena(Arena)
  }

  private let source: Source
  private let blockSize: Int
  private let state = Mutex(State())

  /// An arena without memory yet.
  ///
  /// - Parameter blockSize: Bytes that the driver is asked for at least.
  init(
    _ device: LogicalDevice, _ kind: DeviceBuffer.Kind = .device, blockSize: Int,
    settle: @escaping @Sendable () -> Void
  ) {
    source = .driver(device, kind, settle: settle)
    self.blockSize = min(blockSize, device.physical.maxAllocation)
  }

  /// An arena whose memory is another one's, to which it goes back with its last part.
  init(within arena: Arena, blockSize: Int) {
    source = .arena(arena)
    self.blockSize = min(blockSize, arena.blockSize)
  }

  /// Bytes had from the driver, or the other arena, in use or kept.
  package var heldByteCount: Int { state.withLock { $0.held } }

  /// Bytes in use.
  package var usedByteCount: Int { state.withLock { $0.used } }

  /// The most bytes that were in use at once.
  package var mostUsedByteCount: Int { state.withLock { $0.mostUsed } }

  /// A part of at least `byteCount` bytes, whose contents are undefined.
  ///
  /// - Parameter work: What it is for, for the error when there is no more.
  func take(_ byteCount: Int, for work: () -> String) throws -> VulkanStorage {
    let size = Self.size(of: byteCount)
    return try state.withLock { state in
      let (buffer, start) = try find(size, &state, for: work)
      state.used += size
      state.mostUsed = max(state.mostUsed, state.used)
      return VulkanStorage(buffer, start: Int(start), byteCount: byteCount, in: self)
    }
  }

  private func find(
    _ size: Int, _ state: inout State, for work: () -> String
  ) throws -> (DeviceBuffer, start: UInt) {
    for index in state.blocks.indices {
      if let start = state.blocks[index].free.take(size) {
        return (state.blocks[index].buffer, start)
      }
    }
    var block = try block(holding: size, &state, for: work())
    guard let start = block.free.take(size) else {
      preconditionFailure("a block of \(block.range.count) bytes does not hold \(size)")
    }
    state.blocks.append(block)
    state.held += block.range.count
    return (block.buffer, start)
  }

  /// Takes a part back that nobody uses any more.
  func give(back storage: VulkanStorage) {
    let (size, start) = (Self.size(of: storage.byteCount), UInt(storage.start))
    state.withLock { state in
      state.used -= size
      let index = state.blocks.firstIndex {
        $0.buffer === storage.block && $0.range.contains(start)
      }
      guard let index else { preconditionFailure("a block was freed before its parts") }
      state.blocks[index].free.insert(start..<start + UInt(size))
    }
  }

  private static func size(of byteCount: Int) -> Int {
    (max(byteCount, 1) + alignment - 1) / alignment * alignment
  }

  private func block(
    holding size: Int, _ state: inout State, for work: String
  ) throws -> Block {
    let fresh = max(size, blockSize)
    let needed = max(state.mostUsed, state.used + size)
    if state.held + fresh > needed + Self.allowance { freeUnusedBlocks(&state) }
    do {
      return try block(of: fresh, for: work)
    } catch let error as VulkanError where error.reason == .outOfMemory {
      freeUnusedBlocks(&state)
      return try block(of: size, for: work)
    }
  }

  private func block(of size: Int, for work: String) throws -> Block {
    switch source {
    case .driver(let device, let kind, _):
      return Block(try DeviceBuffer(device, byteCount: size, kind, for: work), 0..<UInt(size))
    case .arena(let arena):
      let part = try arena.take(size) { work }
      let start = UInt(part.start)
      return Block(part.block, start..<start + UInt(size), part: part)
    }
  }

  private func freeUnusedBlocks(_ state: inout State) {
    guard case .driver(_, _, let settle) = source, state.blocks.contains(where: \.isUnused) else {
      return
    }
    settle()
    state.blocks.removeAll(where: \.isUnused)
    state.held = state.blocks.reduce(0) { $0 + $1.range.count }
  }
}
