public import TensorCore

extension VulkanBackend {
  /// Memory for a result.
  public func allocate(byteCount: Int) -> Storage {
    orStop {
      try activations.take(byteCount) {
        "a result of \(byteCount) bytes, after \(recorder.latestWork)"
      }
    }
  }

  /// Copies host bytes into a tensor.
  public func write(_ bytes: RawSpan, into tensor: Tensor) {
    bytes.withUnsafeBytes {
      staging.upload(
        $0, to: tensor.vulkanStorage, at: tensor.byteOffset,
        Work(operation: "write", result: tensor.shape))
    }
  }

  /// Waits for all work on a tensor and copies it to host bytes.
  public func read(_ tensor: Tensor, into bytes: inout MutableRawSpan) {
    bytes.withUnsafeMutableBytes {
      staging.download(
        tensor.vulkanStorage, at: tensor.byteOffset, into: $0,
        Work(operation: "read", result: tensor.shape))
    }
    checkFault()
    pipelines.save()
  }
}
