import Tensors
import TestSupport
import Testing

@Suite struct PoolTests {
  /// A case of the fixture and how PyTorch was called.
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let window: MapSize
    let stride: Int
    var padding = Padding()
    var roundsUp = false

    init(
      _ name: String, _ window: MapSize, _ stride: Int, _ padding: Padding = Padding(),
      roundsUp: Bool = false
    ) {
      testDescription = name
      (self.window, self.stride, self.padding) = (window, stride, padding)
      self.roundsUp = roundsUp
    }

    static let all = [
      Case("halves", 2, 2), Case("halvesUp", 2, 2, roundsUp: true),
      Case("pixel", 2, 2, roundsUp: true), Case("stem", 3, 2, Padding(1)),
      Case("branch", 3, 1, Padding(1)), Case("reduction", 3, 2),
      Case("padsUp", 3, 2, Padding(1), roundsUp: true), Case("far", 2, 3, roundsUp: true),
      Case(
        "oblong", MapSize(height: 5, width: 2), 2, Padding(top: 2, left: 1, bottom: 2, right: 1)),
    ]
  }

  @Test(arguments: Device.underTest, Case.all)
  func matchesPyTorch(on device: Device, _ example: Case) throws {
    let fixture = try Fixture("ops/pool", on: device)
    let name = example.testDescription
    func pooled(_ kind: PoolOptions.Kind, countsPadding: Bool = true) -> Tensor {
      fixture["\(name).x"].channelsLast().pool(
        kind, window: example.window, stride: example.stride, padding: example.padding,
        countsPadding: countsPadding, roundsUp: example.roundsUp
      ).channelsFirst()
    }
    let rounding = Tolerance(relative: 1e-6)
    expectClose(pooled(.max), fixture["\(name).max"], within: .exact)
    expectClose(pooled(.mean), fixture["\(name).mean"], within: rounding)
    expectClose(
      pooled(.mean, countsPadding: false), fixture["\(name).meanOfPixels"], within: rounding)
  }

  @Test(arguments: Device.underTest)
  func theMeanOfAllIsPyTorchs(on device: Device) throws {
    let fixture = try Fixture("ops/pool", on: device)
    let y = fixture["whole.x"].channelsLast().globalMean()
    expectClose(y.channelsFirst(), fixture["whole.mean"])
  }

  /// Channels around registers; padding that differs from side to side.
  @Test(arguments: Device.underTest, [1, 3, 17, 33])
  func matchesTheDefinitionOnAwkwardShapes(on device: Device, _ channels: Int) {
    let x = Tensor.normal([2, 7, 5, channels], seed: 45, on: device)
    let padding = Padding(top: 0, left: 2, bottom: 1, right: 0)
    for kind in PoolOptions.Kind.allCases {
      let y = x.pool(kind, window: 3, stride: 2, padding: padding, countsPadding: false)
      expectClose(y, Reference.pool(x, kind, window: 3, stride: 2, padding))
    }
  }

  @Test(arguments: Device.underTest, PoolOptions.Kind.allCases)
  func keepsANaN(on device: Device, _ kind: PoolOptions.Kind) {
    for place in 0..<3 {
      let values = (0..<3).map { $0 == place ? Float.nan : Float($0) }
      let y = Tensor(values, [1, 1, 3, 1], on: device)
        .pool(kind, window: MapSize(height: 1, width: 3), stride: 1)
      #expect(y.floats().allSatisfy { $0.isNaN })
    }
  }

  @Test func trapsOnAWindowThatMayLieInThePadding() async {
    await #expect(processExitsWith: .failure) {
      _ = Tensor(repeating: 0, [1, 4, 4, 1], on: .sharedCPU)
        .pool(.max, window: 2, stride: 2, padding: Padding(2))
    }
  }

  @Test func trapsWhenTheWindowIsLargerThanTheMap() async {
    await #expect(processExitsWith: .failure) {
      _ = Tensor(repeating: 0, [1, 2, 4, 1], on: .sharedCPU).pool(.max, window: 3, stride: 1)
    }
  }
}
