import Tensors
import TestSupport
import Testing
import VulkanBackend

/// The tests of every operation run on `Device.sharedVulkan` too; these are about the device itself.
@Suite(.enabled(if: Device.sharedVulkan != nil, "there is no Vulkan device"))
struct VulkanBackendTests {
  /// Without the layer, the other tests would see no hazard.
  @Test func theValidationLayerIsInstalled() throws {
    _ = try VulkanBackend(VulkanOptions { Issue.record("\($0)") })
  }

  @Test func describesItsDevices() throws {
    let devices = try VulkanDevice.all()
    let usable = devices.filter(\.missingFeatures.isEmpty)
    #expect(!usable.isEmpty)
    for device in usable {
      #expect(!device.name.isEmpty && device.memorySize > 0 && device.subgroupSize > 0)
      // Shaders share less than the 32 KiB that the tests' software device has.
      #expect(device.sharedMemorySize >= 32 << 10)
    }
  }

  @Test func saysWhatItFoundInsteadOfTheDeviceThatWasAskedFor() throws {
    let error = #expect(throws: VulkanError.self) { try Device.vulkan(named: "Voodoo") }
    #expect(error?.reason == .noDevice)
    let found = try #require(VulkanDevice.all().first).name
    #expect(error?.description.contains("'Voodoo'") == true)
    #expect(error?.description.contains(found) == true)
  }

  /// The validation layer says so when memory goes that the device still uses.
  @Test func endsWithWorkUnderWay() throws {
    let device = try Device.vulkan(.validated)
    var x = Tensor.normal([1, 64, 64, 64], seed: 1, on: device)
    for _ in 0..<70 { x = x.groupNorm(groups: 8, epsilon: 1e-5) }
  }

  @Test func measuresEveryOperation() throws {
    var options = VulkanOptions.validated
    options.profiles = true
    let backend = try VulkanBackend(options)
    let device = Device(backend)
    let x = Tensor.normal([1, 8, 8, 16], seed: 1, on: device)
    for _ in 0..<100 { _ = x.silu() }
    let times = backend.takeTimes()
    #expect(times.counts["map silu"] == 100)
    #expect(times.seconds["map silu"] ?? 0 > 0)
    #expect(backend.takeTimes().counts.isEmpty)
  }

  @Test func givesTheMemoryOfAChainBack() throws {
    let backend = try VulkanBackend(.validated)
    let device = Device(backend)
    func chain() -> [Float] {
      let x = Tensor(repeating: 1, [1, 64, 64, 8], on: device)
      return (x + x.silu().groupNorm(groups: 2, epsilon: 1e-5)).pool(.mean, window: 2, stride: 2)
        .floats()
    }
    let first = chain()
    let held = backend.ownActivations.heldByteCount
    for _ in 0..<10 { #expect(chain() == first) }
    #expect(backend.ownActivations.usedByteCount == 0)
    #expect(backend.ownActivations.heldByteCount == held)
  }

  @Test(arguments: [ProductPrecision.float16, .bfloat16])
  func halfWeightsTakeHalfTheMemory(_ precision: ProductPrecision) throws {
    let backend = try VulkanBackend(.validated)
    let matrix = Tensor(repeating: 1, [128, 64], on: Device(backend))
    let single = PackedWeight(matrix: matrix)
    let taken = backend.ownWeights.usedByteCount
    let half = PackedWeight(matrix: matrix, precision: precision)
    #expect(taken == 128 * 64 * 4)
    #expect(backend.ownWeights.usedByteCount == taken + taken / 2)
    withExtendedLifetime((single, half)) {}
  }

  /// Blocks of the driver's memory are larger than most tensors; some tensors are larger than a block.
  @Test func takesTensorsOfAnySize() throws {
    let backend = try VulkanBackend(.validated)
    let device = Device(backend)
    let values = (0..<20_000_000).map { Float($0) }
    let large = Tensor(values, [values.count], on: device)
    let small = (1..<40).map { Tensor(repeating: Float($0), [$0], on: device) }
    #expect((2 * large).floats() == values.map { 2 * $0 })
    for (index, tensor) in small.enumerated() {
      #expect(tensor.floats() == [Float](repeating: Float(index + 1), count: index + 1))
    }
  }

  @Test func givesWholeBlocksBackToTheDriver() throws {
    let backend = try VulkanBackend(.validated)
    let device = Device(backend)
    func take(_ megabytes: Int) { _ = Tensor([1 << 18, megabytes], on: device) }
    for size in 1...12 { take(100 * size) }
    #expect(backend.ownActivations.heldByteCount < 2600 << 20)
  }

  @Test(arguments: [-1, 4] as [Int32])
  func stopsAtAnIndexOutsideTheTable(_ index: Int32) async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [index] in
      let device = try Device.vulkan()
      let table = Tensor(repeating: 0, [4, 3], on: device)
      _ = table.gather(Tensor([index], [1], on: device)).floats()
    }
    let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(said.contains("row \(index) is not within the table"))
  }

  /// Several threads record at once; each gets its own numbers.
  @Test func servesSeveralCallersAtOnce() async throws {
    let device = try #require(Device.sharedVulkan)
    await withTaskGroup(of: Bool.self) { group in
      for caller in 0..<8 {
        group.addTask {
          (0..<20).allSatisfy { step in
            let x = Tensor(repeating: Float(caller * 20 + step), [1000], on: device)
            return (x + x).floats()
              == [Float](repeating: Float(2 * (caller * 20 + step)), count: 1000)
          }
        }
      }
      for await isRight in group { #expect(isRight) }
    }
  }
}
