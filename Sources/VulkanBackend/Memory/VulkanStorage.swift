package import Tensors

/// A part of a block, given back when the last tensor lets it go.
///
/// It is given back at once, even if the device has not done the work that uses it: whoever gets the
/// memory next comes later in the same queue, behind a barrier.
///
/// Unchecked for its superclass's sake; all that it holds is constant.
package final class VulkanStorage: Storage, @unchecked Sendable {
  let block: DeviceBuffer
  /// Where the part begins in the block, in bytes.
  let start: Int
  /// Where it came from and goes back to; nil for memory that is not there.
  let source: (any MemorySource)?

  /// Memory that is not there, for a device that has failed.
  init(nowhere block: DeviceBuffer, byteCount: Int) {
    (self.block, start, source) = (block, 0, nil)
    super.init(byteCount: byteCount)
  }

  init(_ block: DeviceBuffer, start: Int, byteCount: Int, in source: any MemorySource) {
    (self.block, self.start, self.source) = (block, start, source)
    super.init(byteCount: byteCount)
  }

  deinit { source?.give(back: self) }

  /// Where shaders find the first byte.
  package var address: UInt64 { block.address + UInt64(start) }
}
