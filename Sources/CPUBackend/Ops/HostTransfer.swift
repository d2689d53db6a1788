public import TensorCore

extension CPUBackend {
  /// Memory for a result, from the pool.
  public func allocate(byteCount: Int) -> any Storage { memory.take(byteCount) }

  /// Copies host bytes into a tensor.
  public func write(_ bytes: RawSpan, into tensor: Tensor) {
    bytes.withUnsafeBytes { source in
      guard let base = source.baseAddress else { return }
      tensor.bytePointer.copyMemory(from: base, byteCount: tensor.byteCount)
    }
  }

  /// Copies a tensor to host bytes.
  public func read(_ tensor: Tensor, into bytes: inout MutableRawSpan) {
    bytes.withUnsafeMutableBytes { target in
      target.baseAddress?.copyMemory(from: tensor.bytePointer, byteCount: tensor.byteCount)
    }
  }
}
