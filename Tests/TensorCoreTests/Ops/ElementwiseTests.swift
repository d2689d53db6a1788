import TensorCore
import TestSupport
import Testing

@Suite struct ElementwiseTests {
  @Test(arguments: Device.underTest, Activation.allCases)
  func activationsMatchPyTorch(on device: Device, _ activation: Activation) throws {
    let fixture = try Fixture("ops/elementwise", on: device)
    let y = fixture["\(activation.rawValue).x"].map(activation)
    expectClose(y, fixture["\(activation.rawValue).y"], within: Tolerance(relative: 1e-6))
  }

  @Test(arguments: Device.underTest, Activation.allCases)
  func activationsMatchPyTorchAtExtremes(on device: Device, _ activation: Activation) throws {
    let fixture = try Fixture("ops/elementwise", on: device)
    let y = fixture["\(activation.rawValue).extremes"].map(activation).floats()
    // Magnitudes differ by 70 orders, so each number is judged by itself; below 1e-35 all is zero.
    for (found, expected) in zip(y, fixture["\(activation.rawValue).extremesY"].floats()) {
      #expect(abs(found - expected) <= max(1e-6 * abs(expected), 1e-35))
    }
  }

  @Test(arguments: Device.underTest, Activation.allCases)
  func activationsKeepEveryNaN(on device: Device, _ activation: Activation) {
    // The payload fills the low bits, which an exponent made from bits would run over.
    let nans = (0..<40).map { Float(bitPattern: 0x7fc0_0001 | 1 << ($0 % 22)) }
    let y = Tensor(nans, [40], on: device).map(activation).floats()
    #expect(y.allSatisfy { $0.isNaN })
  }

  @Test(arguments: Device.underTest)
  func reluAndIdentityKeepInfinities(on device: Device) {
    let x = Tensor([.infinity, -.infinity], [2], on: device)
    #expect(x.map(.identity).floats() == [.infinity, -.infinity])
    #expect(x.map(.relu).floats() == [.infinity, 0])
    #expect(x.map(.sigmoid).floats() == [1, 0])
  }

  @Test(arguments: Device.underTest, [1, 3, 15, 16, 17, 33, 40_000])
  func activationsReachEveryElement(on device: Device, _ count: Int) {
    let x = Tensor.normal([count], seed: 15, on: device)
    for activation in Activation.allCases {
      let expected = x.floats().map { Float(Reference.activate(Double($0), activation)) }
      expectClose(x.map(activation), expected)
    }
  }

  @Test(arguments: Device.underTest)
  func gegluMatchesPyTorch(on device: Device) throws {
    let fixture = try Fixture("ops/elementwise", on: device)
    expectClose(fixture["geglu.x"].geglu(), fixture["geglu.y"])
  }

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
    let factors = Tensor.normal([2, count], seed: 40, on: device).samples(1..<2).reshaped([count])
    let y = Tensor.combine(tensors, factors: factors)
    expectClose(y, .combine(zip(factors.floats(), tensors).map { (scale: $0, tensor: $1) }))
  }

  @Test(arguments: Device.underTest, 0..<7)
  func aFactorOfZeroSilencesWhatIsNotFinite(on device: Device, _ silent: Int) {
    let values = (0..<7).map { $0 == silent ? [.nan, .infinity, -.infinity] : [1, 2, Float($0)] }
    let y = Tensor.combine(
      values.map { Tensor($0, [3], on: device) },
      factors: Tensor((0..<7).map { $0 == silent ? 0 : 0.5 }, [7], on: device))
    #expect(y.floats() == [3, 6, Float(21 - silent) / 2])
  }

  @Test(arguments: Device.underTest)
  func aSumWithoutTermsIsZero(on device: Device) {
    let y = Tensor.combine(
      [Tensor(repeating: .nan, [5000], on: device)],
      factors: Tensor(repeating: 0, [1], on: device))
    #expect(y.floats() == [Float](repeating: 0, count: 5000))
  }

  @Test func trapsWhenThereIsNotOneFactorForEachTensor() async {
    await #expect(processExitsWith: .failure) {
      let x = Tensor(repeating: 1, [3], on: .sharedCPU)
      _ = Tensor.combine([x, x], factors: Tensor(repeating: 1, [3], on: .sharedCPU))
    }
  }

  @Test func trapsWhenATermCannotBeRepeated() async {
    await #expect(processExitsWith: .failure) {
      _ = Tensor(repeating: 0, [2, 6], on: .sharedCPU) + Tensor(repeating: 0, [3], on: .sharedCPU)
    }
  }

  @Test func gegluTrapsOnAnOddRow() async {
    await #expect(processExitsWith: .failure) {
      _ = Tensor(repeating: 0, [2, 5], on: .sharedCPU).geglu()
    }
  }
}
