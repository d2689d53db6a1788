package import TensorCore

/// A part of an arena's block, given back when the last tensor lets it go.
///
/// It is given back at once, even if the device has not done the work that uses it: whoever gets the
/// memory next comes later in the same queue, behind a barrier.
///
/// Unchecked for its superclass's sake; all that it holds is constant.
package final class VulkanStorage: Storage, @unchecked Sendable {
  let block: DeviceBuffer
  /// Where the part begins in the block, in bytes.
  let start: Int
  private let arena: Arena?

  /// Memory that is not there, for a device that has failed.
  init(nowhere block: DeviceBuffer, byteCount: Int) {
    (self.block, start, arena) = (block, 0, nil)
    super.init(byteCount: byteCount)
  }

  init(_ block: DeviceBuffer, start: Int, byteCount: Int, in arena: Arena) {
    (self.block, self.start, self.arena) = (block, start, arena)
    super.init(byteCount: byteCount)
  }

  deinit { arena?.give(back: self) }

  /// Where shaders find the first byte.
  package var address: UInt64 { block.address + UInt64(start) }
}
