import CPUKernelInterface
public import Faults
public import Tensors

/// Computes on the processor, with Swift SIMD kernels of the best instruction level it has.
///
/// Unsafe memory is reached in this module only; `Tensors` has checked every shape before.
public final class CPUBackend: Backend {
  let kernels: any KernelLevel.Type
  /// Does the products where the kernels are the portable ones and the library is there.
  let blas: OpenBLAS?
  let threads: ThreadPool
  let usesWinograd: Bool
  package let memory: MemoryPool
  private let memoryLimit: Int?

  /// Creates a backend with a thread pool of its own.
  ///
  /// - Parameters:
  ///   - threads: Number of threads, at least 1.
  ///   - level: Which kernels compute.
  ///   - winograd: Whether large 3×3 convolutions take Winograd's form: about twice as fast, with about
  ///     five times the rounding error, 1e-6 of the result.
  ///   - memoryLimit: Bytes that tensors may take at most; what the system gives when absent.
  public init(
    threads: Int, level: CPULevel = .best, winograd: Bool = true, memoryLimit: Int? = nil
  ) {
    usesWinograd = winograd
    self.memoryLimit = memoryLimit
    memory = MemoryPool(limit: memoryLimit ?? .max)
    kernels = level.kernels
    blas = level.usesBLAS ? OpenBLAS.shared : nil
    self.threads = ThreadPool(threads, failure: memory.failure)
  }

  /// What the system would still give, and what the pool holds and nobody uses.
  public var availableMemory: Int? {
    let left = memoryLimit.map { $0 - memory.heldByteCount }
    return [HostMemory.available, left].compactMap { $0 }.min().map { $0 + memory.keptByteCount }
  }

  /// The processor computes where the program is.
  public var sharesHostMemory: Bool { true }

  /// An ``OutOfMemory``, once memory could not be had.
  public var failure: (any Fault)? { memory.failure.error }

  /// The processor multiplies single precision, bf16 and integers.
  public func supports(_ precision: ProductPrecision) -> Bool { precision != .float16 }

  /// Whether the processor multiplies in a precision at least as fast as in `float32`.
  public func hasFastProducts(in precision: ProductPrecision) -> Bool {
    switch precision {
    case .float32: true
    case .bfloat16: kernels.hasFastBFloat16 && FasterProducts.areOfBFloat16
    case .int8: kernels.integerInstructions == .summing
    case .int16:
      kernels.integerInstructions == .summing
        || kernels.integerInstructions == .ofPairs && FasterProducts.areOfPairs
    case .float16: false
    }
  }

  /// bf16 where it is as fast as single precision, and that elsewhere, take the place of integers.
  public func precision(beside precision: ProductPrecision) -> ProductPrecision {
    guard precision.isInteger else { return precision }
    return hasFastProducts(in: .bfloat16) ? .bfloat16 : .float32
  }

  /// `cpu`.
  public var kind: String { "cpu" }

  /// Threads, instruction level and, where it is used, the BLAS.
  public var name: String { "CPU (\(threads.count) threads, \(arithmetic))" }

  /// The same without the threads, and with what else decides how products round.
  public var identity: String {
    let remarks = [
      kernels.hasFastBFloat16 && !hasFastProducts(in: .bfloat16) ? "slow bf16" : nil,
      kernels.integerInstructions == .ofPairs && hasFastProducts(in: .int16) ? "fast int16" : nil,
      usesWinograd ? nil : "no Winograd",
    ]
    return "CPU (\(([arithmetic] + remarks.compactMap(\.self)).joined(separator: ", ")))"
  }

  private var arithmetic: String {
    [kernels.name, blas?.name].compactMap(\.self).joined(separator: ", ")
  }
}

extension Device {
  /// The processor.
  ///
  /// - Parameters:
  ///   - threads: Number of threads; as many as this process's share of the machine when absent.
  ///   - level: Which kernels compute; results agree between levels up to rounding.
  ///   - winograd: Whether large 3×3 convolutions take Winograd's form, which is faster and rounds more.
  public static func cpu(
    threads: Int? = nil, level: CPULevel = .best, winograd: Bool = true
  ) -> Device {
    Device(
      CPUBackend(
        threads: threads ?? Processors.count, level: level, winograd: winograd))
  }
}
