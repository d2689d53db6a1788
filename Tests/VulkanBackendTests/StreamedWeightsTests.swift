import Tensors
import TestSupport
import Testing
import VulkanBackend

/// Weights that stay in the processor's memory give the same numbers, and take none of the device's.
@Suite(.enabled(if: Device.sharedVulkan != nil, "there is no Vulkan device"))
struct StreamedWeightsTests {
  /// Eight matrices in turn, recorded or not.
  private func chain(
    streams: Bool, isRecorded: Bool, _ precision: ProductPrecision
  ) throws -> (values: [Float], peak: Int) {
    var options = VulkanOptions.validated
    options.streamsWeights = streams
    let backend = try VulkanBackend(options)
    let device = Device(backend)
    let weights = (0..<8).map {
      PackedWeight(matrix: .normal([256, 256], seed: UInt64($0), on: device), precision: precision)
    }
    let function = Recording { inputs in
      [weights.reduce(inputs[0]) { x, weight in 0.05 * x.matmul(weight) }]
    }
    let x = Tensor.normal([3, 256], seed: 9, on: device)
    let results = Recording.$isEnabled.withValue(isRecorded) {
      (0..<3).map { _ in function([x])[0].floats() }
    }
    #expect(results[1] == results[0] && results[2] == results[0])
    try device.synchronize()
    return (results[0], backend.peakByteCount)
  }

  @Test(arguments: [false, true], [ProductPrecision.float32, .bfloat16, .float16])
  func giveTheSameNumbers(_ isRecorded: Bool, _ precision: ProductPrecision) throws {
    let resident = try chain(streams: false, isRecorded: isRecorded, precision)
    let streamed = try chain(streams: true, isRecorded: isRecorded, precision)
    #expect(streamed.values == resident.values)
    #expect(resident.values.allSatisfy { $0.isFinite })
    // The matrices that are packed are in the device's memory one by one.
    let matrix = 256 * 256 * precision.byteCount
    #expect(resident.peak >= 8 * matrix)
    #expect(streamed.peak < resident.peak - 4 * matrix || isRecorded)
  }
}
