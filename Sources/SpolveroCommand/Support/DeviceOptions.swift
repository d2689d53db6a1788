import ArgumentParser
import CPUBackend
import TensorCore

/// Where and how a command computes.
struct DeviceOptions: ParsableArguments {
  @Option(help: "Where to compute: cpu.")
  var device = "cpu"

  @Option(help: "How weights and activations are stored: fp32.")
  var precision = Precision.fp32

  @Option(help: "Number of CPU threads. (default: as many as there are processors)")
  var threads: Int?

  enum Precision: String, ExpressibleByArgument, CaseIterable {
    case fp32

    var dtype: DType { .float32 }
  }

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
    return .cpu(threads: threads)
  }
}
