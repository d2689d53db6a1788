/// Moving numbers between the host and a device.
extension Tensor {
  /// Copies numbers to a device.
  ///
  /// - Parameters:
  ///   - values: Row-major elements, as many as the shape has.
  ///   - shape: The extents.
  ///   - device: Where the tensor will live.
  public init(_ values: [Float], _ shape: Shape, on device: Device) {
    precondition(
      values.count == shape.count, "Tensor: \(values.count) values do not fill \(shape)")
    self.init(forHost: shape, .float32, on: device)
    unsafe device.backend.write(values.span.bytes, into: self)
  }

  /// Copies integers to a device.
  public init(_ values: [Int32], _ shape: Shape, on device: Device) {
    precondition(
      values.count == shape.count, "Tensor: \(values.count) values do not fill \(shape)")
    self.init(forHost: shape, .int32, on: device)
    unsafe device.backend.write(values.span.bytes, into: self)
  }

  /// Copies bytes in the device's own layout, such as a tensor in a file, to a device.
  ///
  /// - Parameters:
  ///   - bytes: Row-major little-endian elements.
  ///   - shape: The extents; with `dtype` they must account for every byte.
  ///   - dtype: How the elements are stored.
  ///   - device: Where the tensor will live.
  public init(bytes: RawSpan, _ shape: Shape, _ dtype: DType, on device: Device) {
    precondition(
      bytes.byteCount == shape.count * dtype.byteCount,
      "Tensor: \(bytes.byteCount) bytes are not \(shape) of \(dtype)")
    self.init(forHost: shape, dtype, on: device)
    device.backend.write(bytes, into: self)
  }

  /// A tensor that is filled piece by piece, so that the host holds one piece at a time.
  ///
  /// - Parameter fill: Writes the bytes from a position on: row-major little-endian elements.
  package init(
    _ shape: Shape, _ dtype: DType, on device: Device,
    fill: (_ position: Int, _ piece: inout MutableRawSpan) throws -> Void
  ) rethrows {
    self.init(forHost: shape, dtype, on: device)
    let longest = Self.pieceByteCount / dtype.byteCount
    var memory = [UInt8](repeating: 0, count: min(longest, shape.count) * dtype.byteCount)
    for start in stride(from: 0, to: shape.count, by: longest) {
      let count = min(longest, shape.count - start)
      memory.removeLast(memory.count - count * dtype.byteCount)
      var span = memory.mutableSpan
      var piece = unsafe span.mutableBytes
      try fill(start * dtype.byteCount, &piece)
      device.backend.write(
        piece.bytes, into: Tensor([count], dtype, on: device, storage: storage, offset: start))
    }
  }

  /// Small enough to stay in a cache between being read and being copied, large enough for all threads.
  private static let pieceByteCount = 1 << 22

  /// A tensor whose elements all have one value.
  public init(repeating value: Float, _ shape: Shape, on device: Device) {
    self.init([Float](repeating: value, count: shape.count), shape, on: device)
  }

  /// The elements on the host, row-major, as `Float`. Waits for the device.
  public func floats() -> [Float] {
    let source = cast(to: .float32)
    var values = [Float](repeating: 0, count: shape.count)
    var span = values.mutableSpan
    var bytes = unsafe span.mutableBytes
    device.backend.read(source, into: &bytes)
    return values
  }

  /// A tensor that is written next.
  private init(forHost shape: Shape, _ dtype: DType, on device: Device) {
    let storage = device.backend.allocateForHost(byteCount: shape.count * dtype.byteCount)
    self.init(shape, dtype, on: device, storage: storage, offset: 0)
  }
}

extension Backend {
  /// The same memory as for a result.
  public func allocateForHost(byteCount: Int) -> Storage { allocate(byteCount: byteCount) }
}
