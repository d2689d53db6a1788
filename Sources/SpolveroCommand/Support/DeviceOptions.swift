public import ArgumentParser
import CPUBackend
public import TensorCore

extension ProductPrecision: ExpressibleByArgument {}

/// Where and how a command computes.
struct DeviceOptions: ParsableArguments {
  @Option(help: "Where to compute: cpu.")
  var device = "cpu"

  @Option(
    help: """
      How products round their factors: bf16 takes half the memory for weights, and less time on \
      processors that multiply bf16.
      """)
  var precision = ProductPrecision.float32

  @Option(help: "Number of CPU threads. (default: as many as there are processors)")
  var threads: Int?

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads \(threads): must be within 1 ... 1024.")
    }
  }

  /// The device that was asked for.
  ///
  /// - Throws: `CommandError` when there is none of this name.
  func open() throws -> Device {
    guard device == "cpu" else {
      throw CommandError(.noDevice, "there is no device '\(device)'; this build computes on: cpu")
    }
    let device = Device.cpu(threads: threads)
    if !device.backend.hasFastProducts(in: precision) {
      Console.warning(
        """
        this processor does not multiply \(precision.rawValue) itself: it takes less memory than \
        --precision fp32, and more time
        """)
    }
    return device
  }
}
