public import ArgumentParser
public import ComputeDevices
public import TensorCore
import VulkanBackend

extension ProductPrecision: ExpressibleByArgument {}
extension DeviceSelection: ExpressibleByArgument {}

/// Where and how a command computes.
struct DeviceOptions: ParsableArguments {
  @Option(
    help: """
      Where to compute: cpu, vulkan, vulkan:NAME with a part of a device's name, or auto for the best \
      device; 'spolvero devices' lists them.
      """)
  var device = DeviceSelection.cpu

  @Flag(
    help: """
      Graphics devices: keep the weights in the processor's memory and bring each to the device when \
      it is needed, for models larger than the device's memory.
      """)
  var offload = false

  @Option(
    help: """
      How products round their factors: bf16 and fp16 take half the memory for weights, and less \
      time on processors that multiply bf16 and on graphics devices; fp16 is for the latter.
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
  /// - Throws: `VulkanError` when there is none of this name.
  func open() throws -> Device {
    if offload && device.resolved == .cpu {
      throw CommandError(
        .usage, "--offload is for graphics devices; the processor has its weights in its own memory"
      )
    }
    let device = try device.open(threads: threads, VulkanOptions(streamsWeights: offload))
    if !device.backend.supports(precision) {
      throw CommandError(
        .usage, "\(device) does not multiply \(precision.rawValue); use --precision bf16 or fp32")
    }
    if !device.backend.hasFastProducts(in: precision) {
      Console.warning(
        """
        \(device) does not multiply \(precision.rawValue) itself: it takes less memory than \
        --precision fp32, and more time
        """)
    }
    return device
  }
}
