import Tensors
import TestSupport
import Testing

@Suite struct CopyTests {
  /// 0, 1, 2, …, so that every element says where it came from.
  private func counted(_ shape: Shape, from start: Int = 0, on device: Device) -> Tensor {
    Tensor((start..<start + shape.count).map { Float($0) }, shape, on: device)
  }

  @Test(arguments: Device.underTest)
  func concatenateJoinsTheLastAxis(on device: Device) {
    let y = Tensor.concatenate([
      counted([2, 2, 1], on: device), counted([2, 2, 3], from: 10, on: device),
    ])
    #expect(y.shape == [2, 2, 4])
    #expect(y.floats() == [0, 10, 11, 12, 1, 13, 14, 15, 2, 16, 17, 18, 3, 19, 20, 21])
  }

  @Test(arguments: Device.underTest)
  func stackJoinsTheFirstAxis(on device: Device) {
    let y = Tensor.stack(samples: [
      counted([1, 3], on: device), counted([2, 3], from: 3, on: device),
    ])
    #expect(y.shape == [3, 3])
    #expect(y.floats() == (0..<9).map { Float($0) })
  }

  @Test(arguments: Device.underTest, [DType.float32, .float16, .bfloat16])
  func channelsTakesThemFromEveryRow(on device: Device, _ dtype: DType) {
    let y = counted([2, 2, 5], on: device).cast(to: dtype).channels(1..<3)
    #expect(y.dtype == dtype && y.shape == [2, 2, 2])
    #expect(y.floats() == [1, 2, 6, 7, 11, 12, 16, 17])
  }

  @Test(arguments: Device.underTest)
  func channelsUndoConcatenateOnLargeTensors(on device: Device) {
    let (a, b) = (counted([2, 300, 17], on: device), counted([2, 300, 33], on: device))
    let y = Tensor.concatenate([a, b])
    #expect(y.channels(0..<17).floats() == a.floats())
    #expect(y.channels(17..<50).floats() == b.floats())
  }

  @Test(arguments: Device.underTest)
  func croppedCutsAWindowFromEverySample(on device: Device) {
    let y = counted([2, 3, 4, 2], on: device).cropped(rows: 1..<3, columns: 2..<3)
    #expect(y.shape == [2, 2, 1, 2])
    #expect(y.floats() == [12, 13, 20, 21, 36, 37, 44, 45])
  }

  @Test(arguments: Device.underTest)
  func samplesAreViewsOfTheSameMemory(on device: Device) {
    let x = counted([3, 2, 2], on: device)
    let y = x.samples(1..<3)
    #expect(y.floats() == (4..<12).map { Float($0) })
    #expect(y.storage === x.storage)
    #expect(y.samples(1..<2).silu().floats() == x.silu().samples(2..<3).floats())
  }

  @Test func trapsWhenPartsDiffer() async {
    await #expect(processExitsWith: .failure) {
      _ = Tensor.concatenate([
        Tensor(repeating: 0, [2, 3], on: .sharedCPU), Tensor(repeating: 0, [3, 3], on: .sharedCPU),
      ])
    }
  }

  @Test func trapsWhenPartsAreStoredDifferently() async {
    await #expect(processExitsWith: .failure) {
      let x = Tensor(repeating: 0, [2, 3], on: .sharedCPU)
      _ = Tensor.stack(samples: [x, x.cast(to: .float16)])
    }
  }

  @Test func trapsOutsideTheChannels() async {
    await #expect(processExitsWith: .failure) {
      _ = Tensor(repeating: 0, [2, 3], on: .sharedCPU).channels(2..<4)
    }
  }

  @Test func trapsOutsideTheMap() async {
    await #expect(processExitsWith: .failure) {
      _ = Tensor(repeating: 0, [1, 3, 3, 1], on: .sharedCPU).cropped(rows: 1..<4, columns: 0..<1)
    }
  }
}
