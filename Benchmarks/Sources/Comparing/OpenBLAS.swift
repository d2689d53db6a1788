import CPUBackend
import Tensors

/// Matrix products by OpenBLAS: our own backend at the level that leaves them to the library.
struct OpenBLAS: Opponent {
  private let threads: Int
  /// The library does not say in all builds.
  let version: String? = nil

  /// - Throws: ``BenchmarkError`` where the library is absent or cannot do the same.
  init(threads: Int, precision: ProductPrecision) throws {
    guard CPULevel.blas.isAvailable else {
      throw BenchmarkError(
        description: "--compare openblas: the library was not found; install libopenblas0")
    }
    guard precision == .float32 else {
      throw BenchmarkError(
        description: "--compare openblas: the library has no products in \(precision.rawValue); "
          + "compare with --precision fp32")
    }
    self.threads = threads
  }

  func contenders(for benchmark: Benchmark) throws -> [any Contender] {
    let device = Device.cpu(threads: threads, level: .blas)
    return [
      try Workload("sgemm", on: device, benchmark.prepare(Workbench(device, .float32)))
    ]
  }
}
