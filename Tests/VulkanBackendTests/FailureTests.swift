import Tensors
import TestSupport
import Testing
import VulkanBackend

/// A device that cannot go on says why, to whoever asks, and does nothing more.
@Suite(.enabled(if: Device.sharedVulkan != nil, "there is no Vulkan device"))
struct FailureTests {
  private func expectFailure(of device: Device, saying words: String...) {
    let error = #expect(throws: VulkanError.self) { try device.check() }
    #expect(error?.reason == .outOfMemory)
    for word in words { #expect(error?.description.contains(word) == true) }
  }

  @Test func saysHowMuchMemoryATensorWouldNeed() throws {
    let device = try Device.vulkan(.validated)
    _ = Tensor([1 << 20, 1 << 20], on: device)
    expectFailure(of: device, saying: "needs \(1 << 42) bytes in one piece")
  }

  @Test func namesTheOperationThatHadTooLittleMemory() throws {
    var options = VulkanOptions.validated
    options.memoryLimit = 1 << 20
    let device = try Device.vulkan(options)
    let x = Tensor(repeating: 1, [1 << 17], on: device)
    try device.check()
    let y = x.silu()
    let z = y + x
    expectFailure(of: device, saying: "after map silu", "of the \(1 << 20) that may be taken")
    #expect(z.floats().count == 1 << 17)
    #expect(throws: VulkanError.self) { try device.synchronize() }
  }

  @Test func goesOnAfterMemoryWasGivenBack() throws {
    var options = VulkanOptions.validated
    options.memoryLimit = 3 << 20
    let backend = try VulkanBackend(options)
    let device = Device(backend)
    for count in 1...20 {
      let x = Tensor(repeating: 1, [1 << 14, count], on: device)
      #expect((x + x).floats() == [Float](repeating: 2, count: count << 14))
    }
    try device.check()
    let left = try #require(backend.availableMemory)
    #expect(left <= 3 << 20)
  }

  @Test func aRecordingWithTooLittleMemoryIsAFailureToo() throws {
    var options = VulkanOptions.validated
    options.memoryLimit = 1 << 20
    let device = try Device.vulkan(options)
    let recording = Recording { [$0[0] + $0[0].silu().map(.gelu)] }
    let x = Tensor(repeating: 1, [100_000], on: device)
    for _ in 0..<2 { #expect(recording([x])[0].shape == [100_000]) }
    expectFailure(of: device, saying: "that may be taken")
  }
}
