import Faults
import Foundation
import Tensors
import Testing
import VulkanBackend

private let hasSoftwareDevice =
  (try? FileManager.default.contentsOfDirectory(atPath: "/usr/share/vulkan/icd.d"))?
  .contains { $0.hasPrefix("lvp_icd") } == true

@Suite struct LoaderTests {
  @Test func saysWhereItLookedForTheLibraryAndWhatToDo() {
    let error = #expect(throws: VulkanError.self) { try Loader(names: ["libnothing.so.1"]) }
    #expect(error?.reason == .noLoader)
    #expect(error?.description.contains("libnothing.so.1") == true)
    #expect(error?.description.contains("compute on the CPU") == true)
    #expect(error?.kind == .device && error?.remedies == [Remedy(.device, ["cpu"])])
  }

  /// Without a device the other tests of the backend are left out, and nothing else would say so.
  @Test(.enabled(if: hasSoftwareDevice, "Mesa's software device is not installed"))
  func aDeviceIsThereWhereMesasIsInstalled() throws { _ = try Device.vulkan() }
}
