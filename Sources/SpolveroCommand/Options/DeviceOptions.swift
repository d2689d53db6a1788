public import ArgumentParser
public import ComputeDevices
import Faults
import Tensors
import VulkanBackend

extension DeviceSelection: ExpressibleByArgument {}

/// Where and how a command computes.
struct DeviceOptions: ParsableArguments {
  @Option(
    help: """
      Where to compute: cpu, vulkan, vulkan:NAME with a part of a device's name, or auto for the best \
      graphics device, or the CPU where there is none; 'spolvero devices' lists them.
      """)
  var device = DeviceSelection.auto

  @Flag(
    help: """
      Graphics devices: keep the weights in the processor's memory and bring each to the device when \
      it is needed, for models larger than the device's memory.
      """)
  var offload = false

  @Option(
    help: """
      How products round their operands: bf16 and fp16 take half the memory for weights, and less \
      time on processors that multiply bf16 and on graphics devices; fp16 is for the latter. int16 and \
      int8 make integers of what the painting networks multiply, on processors: int16 rounds no more \
      than bf16, int8 takes the least time where there are instructions for it, and its image differs a \
      little. auto is bf16 where that is fast, int16 where only that is, else fp32. (default: auto in \
      'augment', else fp32)
      """)
  var precision: PrecisionSelection?

  @Option(help: "Number of CPU threads. (default: this process's share of the processors)")
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
    let selection = device.resolved
    if offload && selection == .cpu {
      throw CommandError(
        .request,
        "--offload is for graphics devices; the processor has its weights in its own memory"
      )
    }
    let device = try selection.open(threads: threads, VulkanOptions(streamsWeights: offload))
    if case .fixed(let precision) = precision { try check(precision, on: device) }
    return device
  }

  /// How products round on a device.
  ///
  /// - Parameter usual: What the command does unless told otherwise.
  func precision(on device: Device, unlessGiven usual: PrecisionSelection) -> ProductPrecision {
    (precision ?? usual).resolved(on: device)
  }

  private func check(_ precision: ProductPrecision, on device: Device) throws {
    if !device.backend.supports(precision) {
      throw CommandError(
        .request, "\(device) does not multiply \(precision.rawValue); use --precision bf16 or fp32")
    }
    if device.backend.hasFastProducts(in: precision) { return }
    if device.backend.hasFastProducts(in: .int16) {
      Console.warning(
        """
        \(device) has nothing that multiplies \(precision.rawValue) faster than int16, which rounds no more
        """)
    } else {
      Console.warning(
        """
        \(device) multiplies \(precision.rawValue) more slowly than fp32, or not itself: it takes less memory than \
        --precision fp32, and more time
        """)
    }
  }
}
