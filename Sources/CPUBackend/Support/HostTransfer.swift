public import Tensors

extension CPUBackend {
  /// Memory for a result, from the pool.
  public func allocate(byteCount: Int) -> Storage { take(byteCount) }

  /// Copies host bytes into a tensor.
  public func write(_ bytes: RawSpan, into tensor: Tensor) {
    bytes.withUnsafeBytes { source in
      guard let base = source.baseAddress else { return }
      copy(base, into: tensor.bytePointer, tensor.byteCount)
    }
  }

  /// Copies a tensor to host bytes.
  public func read(_ tensor: Tensor, into bytes: inout MutableRawSpan) {
    bytes.withUnsafeMutableBytes { target in
      guard let base = target.baseAddress else { return }
      copy(tensor.bytePointer, into: base, tensor.byteCount)
    }
  }

  /// Copies with all threads: where memory is touched for the first time, the system takes longer to
  /// provide its pages than a copy takes.
  private func copy(
    _ source: UnsafeRawPointer, into target: UnsafeMutableRawPointer, _ byteCount: Int
  ) {
    threads.forEachRange(byteCount, grain: 1 << 20) { range in
      (target + range.lowerBound).copyMemory(
        from: source + range.lowerBound, byteCount: range.count)
    }
  }
}
