import Tensors
import TestSupport
import Testing

@Suite struct TensorTests {
  @Test(arguments: Device.underTest)
  func numbersComeBackAsTheyWent(on device: Device) {
    let values: [Float] = [1, -0.0, .infinity, .leastNonzeroMagnitude, 3.5, -7]
    let x = Tensor(values, [2, 3], on: device)
    #expect(x.floats().map(\.bitPattern) == values.map(\.bitPattern))
    #expect(x.byteCount == 24 && x.device == device)
    #expect(Tensor(repeating: 2, [3], on: device).floats() == [2, 2, 2])
    #expect(Tensor([Float](), [0, 4], on: device).floats().isEmpty)
  }

  @Test(arguments: Device.underTest)
  func reshapedSharesTheMemory(on device: Device) {
    let x = Tensor([1, 2, 3, 4, 5, 6] as [Float], [2, 3], on: device)
    let y = x.reshaped([3, 2])
    #expect(y.shape == [3, 2] && y.storage === x.storage)
    #expect(y.floats() == x.floats())
    #expect(x.samples(1..<2).reshaped([3, 1]).floats() == [4, 5, 6])
    #expect(x.samples(2..<2).shape == [0, 3])
  }

  @Test func twoBackendsAreTwoDevices() {
    #expect(Device.underTest[0] == Device.underTest[0])
    #expect(Device.underTest[0] != Device.underTest[1])
  }

  @Test func packedWeightsKeepPyTorchsExtents() {
    let matrix = PackedWeight(matrix: Tensor(repeating: 1, [5, 3], on: .sharedCPU))
    #expect(matrix.shape == [5, 3, 1, 1] && matrix.outputs == 5 && matrix.inputs == 3)
    let window = PackedWeight(kernel: Tensor(repeating: 1, [5, 3, 7, 1], on: .sharedCPU))
    #expect(window.shape == [5, 3, 7, 1] && window.device == .sharedCPU)
  }

  @Test func trapsWhenValuesDoNotFillTheShape() async {
    await #expect(processExitsWith: .failure) {
      _ = Tensor([1, 2, 3] as [Float], [2, 2], on: .sharedCPU)
    }
  }

  @Test func trapsWhenBytesAreNotTheShapeOfTheType() async {
    await #expect(processExitsWith: .failure) {
      let bytes: [UInt8] = [0, 0, 0, 0]
      _ = Tensor(bytes: bytes.span.bytes, [1], .float16, on: .sharedCPU)
    }
  }

  @Test func trapsWhenReshapedToAnotherCount() async {
    await #expect(processExitsWith: .failure) {
      _ = Tensor(repeating: 0, [2, 3], on: .sharedCPU).reshaped([4])
    }
  }

  @Test func trapsOutsideTheSamples() async {
    await #expect(processExitsWith: .failure) {
      _ = Tensor(repeating: 0, [2, 3], on: .sharedCPU).samples(1..<3)
    }
  }

  @Test func trapsOnAnEmptyWeight() async {
    await #expect(processExitsWith: .failure) {
      _ = PackedWeight(matrix: Tensor(repeating: 0, [4, 0], on: .sharedCPU))
    }
  }
}
