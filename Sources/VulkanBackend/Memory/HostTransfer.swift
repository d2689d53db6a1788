public import Tensors

extension VulkanBackend {
  /// Memory for a result.
  public func allocate(byteCount: Int) -> Storage {
    take(byteCount, from: activations) {
      "a result of \(byteCount) bytes, after \(encoder.latestWork)"
    }
  }

  /// Memory of an arena, or none when there is no more: then the device has failed, and nothing reads or
  /// writes it.
  func take(_ byteCount: Int, from source: any MemorySource, for work: () -> String)
    -> VulkanStorage
  {
    recorder.device.failure.attempt { try source.take(byteCount, for: work) }
      ?? VulkanStorage(nowhere: fault, byteCount: byteCount)
  }

  /// Memory that no result of a recording is ever written to.
  public func allocateForHost(byteCount: Int) -> Storage {
    guard let recording else { return allocate(byteCount: byteCount) }
    let storage = take(byteCount, from: ownActivations) { "a constant of \(byteCount) bytes" }
    recording.keep(storage)
    return storage
  }

  /// Copies host bytes into a tensor, at once even where a function is recorded.
  public func write(_ bytes: RawSpan, into tensor: Tensor) {
    bytes.withUnsafeBytes {
      staging.upload(
        $0, to: tensor.vulkanStorage, at: tensor.byteOffset,
        Work(operation: "write", result: tensor.shape))
    }
  }

  /// Waits for all work on a tensor and copies it to host bytes.
  public func read(_ tensor: Tensor, into bytes: inout MutableRawSpan) {
    if recording != nil {
      fatalError(
        "a recorded function reads a tensor of \(tensor.shape), whose numbers are only there when the"
          + " recording is replayed; it must return the tensor instead")
    }
    bytes.withUnsafeMutableBytes {
      staging.download(
        tensor.vulkanStorage, at: tensor.byteOffset, into: $0,
        Work(operation: "read", result: tensor.shape))
    }
    if failure == nil { checkFault() }
    pipelines.save()
  }
}
