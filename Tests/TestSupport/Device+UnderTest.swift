public import CPUBackend
public import TensorCore

extension Device {
  /// The processor at its best, one pool of threads for all tests.
  public static let sharedCPU = Device.cpu()

  /// Every kind of kernel that this machine can run, with one thread and with an odd number of them.
  public static let underTest = CPULevel.available.flatMap { level in
    [1, 3].map { Device.cpu(threads: $0, level: level) }
  }
}

extension CPULevel {
  /// The levels that this machine can run.
  public static let available = allCases.filter(\.isAvailable)
}
