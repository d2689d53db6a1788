import Synchronization
import Tensors

/// Carries bytes between this program and the device's memory.
///
/// Two halves of memory that both see: while the device still copies from one, the other is filled.
///
/// Unchecked because of the pointer to the memory, which is used under the lock of `state`.
final class StagingRing: @unchecked Sendable {
  private static let halfSize = 1 << 23
  /// Every piece begins at a multiple, as copies like it.
  private static let alignment = 256

  private struct State {
    var half = 0
    /// Bytes used of the half.
    var used = 0
    /// The submission after which each half is free.
    var values: [UInt64] = [0, 0]
  }

  private let buffer: DeviceBuffer
  private let base: UnsafeMutableRawPointer
  private let recorder: Recorder
  private let state = Mutex(State())

  init(_ device: LogicalDevice, _ recorder: Recorder) throws {
    buffer = try DeviceBuffer(
      device, byteCount: 2 * Self.halfSize, .shared, for: "the memory for transfers")
    guard let base = buffer.host else {
      throw VulkanError(.failed, "The memory for transfers could not be mapped.")
    }
    self.base = base
    self.recorder = recorder
  }

  /// Copies bytes to the device. They may change after the call.
  func upload(
    _ bytes: UnsafeRawBufferPointer, to storage: VulkanStorage, at start: Int, _ work: Work
  ) {
    state.withLock { state in
      forEachPiece(bytes.count) { piece in
        let place = reserve(piece.count, &state)
        UnsafeMutableRawBufferPointer(start: base + place, count: piece.count)
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[piece]))
        recorder.copy(
          buffer, at: place, to: storage.block, at: storage.start + start + piece.lowerBound,
          byteCount: piece.count, work)
      }
    }
  }

  /// Waits for all work and copies bytes from the device.
  func download(
    _ storage: VulkanStorage, at start: Int, into bytes: UnsafeMutableRawBufferPointer, _ work: Work
  ) {
    state.withLock { state in
      forEachPiece(bytes.count) { piece in
        let place = reserve(piece.count, &state)
        recorder.copy(
          storage.block, at: storage.start + start + piece.lowerBound, to: buffer, at: place,
          byteCount: piece.count, work)
        recorder.finish()
        UnsafeMutableRawBufferPointer(rebasing: bytes[piece])
          .copyMemory(from: UnsafeRawBufferPointer(start: base + place, count: piece.count))
      }
    }
  }

  private func forEachPiece(_ byteCount: Int, _ body: (Range<Int>) -> Void) {
    for start in stride(from: 0, to: byteCount, by: Self.halfSize) {
      body(start..<min(start + Self.halfSize, byteCount))
    }
  }

  /// A free place in the ring; waits for the device when the ring is full.
  private func reserve(_ byteCount: Int, _ state: inout State) -> Int {
    if state.used + byteCount > Self.halfSize {
      state.values[state.half] = recorder.submit()
      state.half = 1 - state.half
      recorder.wait(for: state.values[state.half])
      state.used = 0
    }
    let place = state.half * Self.halfSize + state.used
    state.used += (byteCount + Self.alignment - 1) / Self.alignment * Self.alignment
    return place
  }
}
