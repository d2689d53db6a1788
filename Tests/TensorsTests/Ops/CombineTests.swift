import Tensors
import TestSupport
import Testing

@Suite struct CombineTests {
  @Test(arguments: Device.underTest)
  func combineAddsScaledTensors(on device: Device) {
    let shape: Shape = [3, 50, 33]
    let (a, b) = (
      Tensor.normal(shape, seed: 16, on: device), Tensor.normal(shape, seed: 17, on: device)
    )
    let y = Tensor.combine([(2, a), (-0.5, b), (1, a)])
    expectClose(y, zip(a.floats(), b.floats()).map { 3 * $0 - $1 / 2 })
    #expect((0.25 * a).floats() == a.floats().map { 0.25 * $0 })
    #expect((a + b).floats() == zip(a.floats(), b.floats()).map { $0 + $1 })
  }

  /// Periods of one, and periods that do not divide the blocks in which the sum is computed.
  @Test(arguments: Device.underTest, [Shape([1]), [7], [700, 7], [1, 700, 7]])
  func combineRepeatsAShorterTensor(on device: Device, _ shape: Shape) {
    let x = Tensor.normal([3, 700, shape[-1]], seed: 18, on: device)
    let other = Tensor.normal(shape, seed: 19, on: device)
    let (values, repeated) = (x.floats(), other.floats())
    let expected = values.enumerated().map { $0.element + repeated[$0.offset % repeated.count] }
    #expect((x + other).floats() == expected)
  }

  /// More terms than a device adds at once; the second is shorter.
  @Test(arguments: Device.underTest, [1, 3, 5, 6, 11])
  func combineTakesFactorsFromATensor(on device: Device, _ count: Int) {
    let tensors = (0..<count).map { index in
      Tensor.normal(index == 1 ? [33] : [3, 50, 33], seed: 20 + UInt64(index), on: device)
    }
    let coefficients = Tensor.normal([2, count], seed: 40, on: device).samples(1..<2).reshaped([
      count
    ])
    let y = Tensor.combine(tensors, coefficients: coefficients)
    expectClose(y, .combine(zip(coefficients.floats(), tensors).map { (scale: $0, tensor: $1) }))
  }

  @Test(arguments: Device.underTest, 0..<7)
  func aFactorOfZeroSilencesWhatIsNotFinite(on device: Device, _ silent: Int) {
    let values = (0..<7).map { $0 == silent ? [.nan, .infinity, -.infinity] : [1, 2, Float($0)] }
    let y = Tensor.combine(
      values.map { Tensor($0, [3], on: device) },
      coefficients: Tensor((0..<7).map { $0 == silent ? 0 : 0.5 }, [7], on: device))
    #expect(y.floats() == [3, 6, Float(21 - silent) / 2])
  }

  @Test(arguments: Device.underTest)
  func aSumWithoutTermsIsZero(on device: Device) {
    let y = Tensor.combine(
      [Tensor(repeating: .nan, [5000], on: device)],
      coefficients: Tensor(repeating: 0, [1], on: device))
    #expect(y.floats() == [Float](repeating: 0, count: 5000))
  }

  @Test func trapsWhenThereIsNotOneFactorForEachTensor() async {
    await #expect(processExitsWith: .failure) {
      let x = Tensor(repeating: 1, [3], on: .sharedCPU)
      _ = Tensor.combine([x, x], coefficients: Tensor(repeating: 1, [3], on: .sharedCPU))
    }
  }

  @Test func trapsWhenATermCannotBeRepeated() async {
    await #expect(processExitsWith: .failure) {
      _ = Tensor(repeating: 0, [2, 6], on: .sharedCPU) + Tensor(repeating: 0, [3], on: .sharedCPU)
    }
  }
}
