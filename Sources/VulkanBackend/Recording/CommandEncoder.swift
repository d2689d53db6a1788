import CVulkan
import Tensors

/// Takes commands for the device's queue, in order.
protocol CommandEncoder: AnyObject {
  var device: LogicalDevice { get }
  /// The layout of every pipeline.
  var layout: VkPipelineLayout { get }
  /// The operation that came last.
  var latestWork: String { get }

  /// Encodes a command, behind a barrier where it needs one.
  ///
  /// - Parameters:
  ///   - reads: Memory that it reads.
  ///   - writes: Memory that it writes, all of it or part.
  func encode(
    _ work: Work, reads: [MemoryRange], writes: [MemoryRange], _ body: (VkCommandBuffer) -> Void)
}

extension CommandEncoder {
  /// Encodes one dispatch.
  ///
  /// - Parameters:
  ///   - push: Push constants.
  ///   - groups: Number of workgroups along the grid's axes.
  func dispatch(
    _ pipeline: VkPipeline, push: UnsafeRawBufferPointer, groups: Grid, reads: [MemoryRange],
    writes: [MemoryRange], _ work: Work
  ) {
    encode(work, reads: reads, writes: writes) { commands in
      let functions = device.functions
      functions.bindPipeline(commands, VK_PIPELINE_BIND_POINT_COMPUTE, pipeline)
      functions.pushConstants(
        commands, layout, VK_SHADER_STAGE_COMPUTE_BIT.rawValue, 0, UInt32(push.count),
        push.baseAddress)
      functions.dispatch(commands, groups.x, groups.y, groups.z)
    }
  }

  /// Encodes a copy between two buffers.
  func copy(
    _ source: DeviceBuffer, at sourceStart: Int, to target: DeviceBuffer, at targetStart: Int,
    byteCount: Int, _ work: Work
  ) {
    func range(_ buffer: DeviceBuffer, _ start: Int) -> MemoryRange {
      let first = buffer.address + UInt64(start)
      return first..<first + UInt64(byteCount)
    }
    encode(work, reads: [range(source, sourceStart)], writes: [range(target, targetStart)]) {
      var region = VkBufferCopy()
      region.srcOffset = VkDeviceSize(sourceStart)
      region.dstOffset = VkDeviceSize(targetStart)
      region.size = VkDeviceSize(byteCount)
      device.functions.copyBuffer($0, source.handle, target.handle, 1, &region)
    }
  }

  /// Encodes a copy of all elements between two tensors of one shape.
  func copy(_ source: Tensor, to target: Tensor, _ work: Work) {
    if source.byteCount == 0 { return }
    let (from, to) = (source.vulkanStorage, target.vulkanStorage)
    copy(
      from.block, at: from.start + source.byteOffset, to: to.block,
      at: to.start + target.byteOffset, byteCount: source.byteCount, work)
  }
}
