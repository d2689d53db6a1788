import CPUKernelInterface
public import TensorCore

/// Computes on the processor, with Swift SIMD kernels of the best instruction level it has.
///
/// Unsafe memory is reached in this module only; `TensorCore` has checked every shape before.
public final class CPUBackend: Backend {
  let kernels: any KernelLevel.Type
  /// Does the products where the kernels are the portable ones and the library is there.
  let blas: OpenBLAS?
  let threads: ThreadPool
  package let memory = MemoryPool()

  /// Creates a backend with a thread pool of its own.
  ///
  /// - Parameters:
  ///   - threads: Number of threads, at least 1.
  ///   - level: Which kernels compute.
  public init(threads: Int, level: CPULevel = .best) {
    kernels = level.kernels
    blas = level.usesBLAS ? OpenBLAS.shared : nil
    self.threads = ThreadPool(threads)
  }

  /// Threads, instruction level and, where it is used, the BLAS.
  public var name: String {
    "CPU (\(threads.count) threads, \(kernels.name)\(blas.map { ", \($0.name)" } ?? ""))"
  }
}

extension Device {
  /// The processor.
  ///
  /// - Parameters:
  ///   - threads: Number of threads; as many as the machine offers when absent.
  ///   - level: Which kernels compute; results agree between levels up to rounding.
  public static func cpu(threads: Int? = nil, level: CPULevel = .best) -> Device {
    Device(CPUBackend(threads: threads ?? ThreadPool.processors, level: level))
  }
}
