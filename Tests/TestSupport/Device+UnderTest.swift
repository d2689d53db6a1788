public import CPUBackend
import Foundation
public import Tensors
import Testing
public import VulkanBackend

extension Device {
  /// The processor at its best, one pool of threads for all tests.
  public static let sharedCPU = Device.cpu()

  /// The first Vulkan device of this machine, if there is one, such as Mesa's software device.
  ///
  /// It runs under the validation layer where that is installed, and every message fails the test in
  /// which it comes.
  public static let sharedVulkan: Device? =
    try? Device.vulkan(.validated)

  /// Every kind of kernel that this machine can run, with one thread and with an odd number of them,
  /// and its Vulkan device.
  public static let underTest =
    CPULevel.available.flatMap { level in
      [1, 3].map { Device.cpu(threads: $0, level: level) }
    } + [sharedVulkan].compactMap { $0 }

  /// One device of each backend, for tests of whole models.
  public static let backendsUnderTest = [sharedCPU] + [sharedVulkan].compactMap { $0 }
}

extension CPULevel {
  /// The levels that this machine can run; where `SPOLVERO_LEVEL` names one, that alone.
  public static let available: [CPULevel] = {
    let all = allCases.filter(\.isAvailable)
    guard let name = ProcessInfo.processInfo.environment["SPOLVERO_LEVEL"] else { return all }
    let wanted = all.filter { $0.rawValue == name }
    precondition(!wanted.isEmpty, "SPOLVERO_LEVEL: expected one of \(all), found \(name)")
    return wanted
  }()
}

extension VulkanOptions {
  /// Under the validation layer where it is installed: its messages fail the test in which they come.
  public static let validated: VulkanOptions = {
    let validated = VulkanOptions { Issue.record("Vulkan's validation: \($0)") }
    return (try? Device.vulkan(validated)) == nil ? VulkanOptions() : validated
  }()
}
