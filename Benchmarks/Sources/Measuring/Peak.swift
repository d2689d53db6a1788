import Tensors

/// What the machine can do at most with a number of threads, measured and not looked up.
struct Peak {
  /// Floating-point operations a second, in registers.
  let operationsPerSecond: Double
  /// Bytes read and written a second while copying 128 MiB.
  let bytesPerSecond: Double

  init(of backend: any MeasuredBackend, _ precision: ProductPrecision) throws {
    operationsPerSecond = try backend.operationsPerSecond(precision)
    let x = Tensor(repeating: 1, [8192, 4096], on: Device(backend))
    let fastest =
      (0..<6).map { _ in
        stopwatch {
          _ = x.channels(0..<4096)
          backend.synchronize()
        }
      }.min() ?? .infinity
    bytesPerSecond = Double(2 * x.byteCount) / fastest
  }
}
