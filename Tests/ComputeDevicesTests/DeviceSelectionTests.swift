import ComputeDevices
import Tensors
import TestSupport
import Testing
import VulkanBackend

@Suite struct DeviceSelectionTests {
  @Test(arguments: ["auto", "cpu", "vulkan", "vulkan:GeForce RTX 4090"])
  func isItsText(_ text: String) throws {
    #expect(try #require(DeviceSelection(text)).description == text)
  }

  @Test(arguments: ["", "cuda", "cpu:0", "auto:1", "Vulkan"])
  func refusesOtherTexts(_ text: String) { #expect(DeviceSelection(text) == nil) }

  @Test func decidesItselfBetweenGraphicsAndTheProcessor() throws {
    let hasGraphics = try VulkanDevice.all().contains { $0.isUsable && $0.kind != .processor }
    #expect(DeviceSelection.auto.resolved == (hasGraphics ? .vulkan(named: nil) : .cpu))
    #expect(DeviceSelection.vulkan(named: "x").resolved == .vulkan(named: "x"))
  }

  @Test func everyDeviceOfTheListCanBeOpenedByItsSelection() throws {
    let devices = try DeviceDescription.all()
    #expect(devices.first?.selection == "cpu")
    #expect(devices.filter(\.isAutomatic).count == 1)
    for device in devices where device.missing.isEmpty {
      let selection = try #require(DeviceSelection(device.selection))
      let opened = try selection.open(threads: 1)
      #expect(!opened.description.isEmpty)
      #expect(device.memorySize > 0)
    }
  }
}
