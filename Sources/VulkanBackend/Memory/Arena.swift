import Synchronization
import Tensors

/// Memory of the device, in few large blocks of which parts are handed out.
///
/// Freed parts serve the next requests, whatever their sizes. So much is kept as was needed at once at
/// most; whole blocks go back to the driver when more than that would be held.
package final class Arena: MemorySource {
  /// Every part begins at a multiple: no device wants more for any type.
  static let alignment = 256
  /// Bytes beyond the most that was needed at once, held for the sake of fewer blocks.
  private static let allowance = 1 << 27

  private struct Block {
    let buffer: DeviceBuffer
    var free = FreeRanges()
    var isUnused: Bool { free.byteCount == buffer.byteCount }

    init(_ buffer: DeviceBuffer) {
      self.buffer = buffer
      free.insert(0..<UInt(buffer.byteCount))
    }
  }

  private struct State {
    var blocks: [Block] = []
    var held = 0
    var used = 0
    var mostUsed = 0
  }

  private let device: LogicalDevice
  private let kind: DeviceBuffer.Kind
  private let blockSize: Int
  /// Waits until the device has done all that was asked of it.
  private let settle: @Sendable () -> Void
  private let state = Mutex(State())

  /// An arena without memory yet.
  ///
  /// - Parameter blockSize: Bytes that the driver is asked for at least.
  init(
    _ device: LogicalDevice, _ kind: DeviceBuffer.Kind = .device, blockSize: Int,
    settle: @escaping @Sendable () -> Void
  ) {
    (self.device, self.kind, self.settle) = (device, kind, settle)
    self.blockSize = min(blockSize, device.physical.maxAllocation)
  }

  /// Bytes had from the driver, in use or kept.
  package var heldByteCount: Int { state.withLock { $0.held } }

  /// Bytes in use.
  package var usedByteCount: Int { state.withLock { $0.used } }

  /// The most bytes that were in use at once.
  package var mostUsedByteCount: Int { state.withLock { $0.mostUsed } }

  /// A part of at least `byteCount` bytes, whose contents are undefined.
  ///
  /// - Parameter work: What it is for, for the error when there is no more.
  package func take(_ byteCount: Int, for work: () -> String) throws -> VulkanStorage {
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
      preconditionFailure("a block of \(block.buffer.byteCount) bytes does not hold \(size)")
    }
    state.blocks.append(block)
    state.held += block.buffer.byteCount
    return (block.buffer, start)
  }

  /// Takes a part back that nobody uses any more.
  package func give(back storage: VulkanStorage) {
    let (size, start) = (Self.size(of: storage.byteCount), UInt(storage.start))
    state.withLock { state in
      state.used -= size
      guard let index = state.blocks.firstIndex(where: { $0.buffer === storage.block }) else {
        preconditionFailure("a block was freed before its parts")
      }
      state.blocks[index].free.insert(start..<start + UInt(size))
    }
  }

  /// What a part of some bytes takes.
  static func size(of byteCount: Int) -> Int {
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
    Block(try DeviceBuffer(device, byteCount: size, kind, for: work))
  }

  private func freeUnusedBlocks(_ state: inout State) {
    if !state.blocks.contains(where: \.isUnused) { return }
    settle()
    state.blocks.removeAll(where: \.isUnused)
    state.held = state.blocks.reduce(0) { $0 + $1.buffer.byteCount }
  }
}
