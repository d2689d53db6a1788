import CShaders
import Tensors

extension VulkanBackend {
  /// Records one dispatch of a shader.
  ///
  /// - Parameters:
  ///   - shader: Its entry point.
  ///   - arguments: Its push constants: a struct with the shader's own fields in their order.
  ///   - grid: Number of workgroups.
  ///   - constants: What its pipeline is made for.
  ///   - reads: Memory that it reads.
  ///   - writes: Memory that it writes.
  ///   - work: The operation that it is part of.
  func dispatch<Arguments>(
    _ shader: String, _ arguments: Arguments, _ grid: Grid, _ constants: Constants = Constants(),
    reads: [MemoryRange], writes: [MemoryRange], _ work: Work
  ) {
    constants.check()
    let size = Int(Shader.all[shader]?.push_constant_size ?? 0)
    precondition(
      MemoryLayout<Arguments>.size == size,
      "\(shader) takes \(size) bytes of arguments, not \(MemoryLayout<Arguments>.size)")
    guard let pipeline = pipelines.pipeline(shader, constants) else { return }
    withUnsafeBytes(of: arguments) { push in
      encoder.dispatch(
        pipeline, push: UnsafeRawBufferPointer(rebasing: push.prefix(size)),
        groups: grid, reads: reads, writes: writes, work)
    }
  }
}

extension Tensor {
  /// The memory of a tensor on this device.
  var vulkanStorage: VulkanStorage {
    guard let storage = storage as? VulkanStorage else {
      preconditionFailure("a tensor on \(device) was given to a Vulkan device")
    }
    return storage
  }

  /// Where the first byte of the elements lies in the storage.
  var byteOffset: Int { offset * dtype.byteCount }

  /// Where shaders find the elements, which must be stored as `type`.
  func address(_ type: DType = .float32) -> UInt64 {
    precondition(dtype == type, "Vulkan computes this in \(type), not in \(dtype)")
    return range.lowerBound
  }

  /// The memory of the elements. Shaders count them with 31 bits.
  var range: MemoryRange {
    precondition(shape.count < 1 << 31, "Vulkan: \(shape) has more than 2³¹ elements")
    let first = vulkanStorage.address + UInt64(byteOffset)
    return first..<first + UInt64(byteCount)
  }
}

extension VulkanStorage {
  /// All of its memory.
  var range: MemoryRange { address..<address + UInt64(byteCount) }
}

extension Activation {
  /// Its number in `activation.slang`.
  var code: UInt32 {
    switch self {
    case .identity: 0
    case .silu: 1
    case .gelu: 2
    case .quickGELU: 3
    case .relu: 4
    case .sigmoid: 5
    case .exponential: 6
    }
  }
}
