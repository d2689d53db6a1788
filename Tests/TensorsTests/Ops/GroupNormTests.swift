import Tensors
import TestSupport
import Testing

@Suite struct GroupNormTests {
  @Test(
    arguments: Device.underTest,
    [("plain", 4), ("instance", 7), ("whole", 1)])
  func matchesPyTorch(on device: Device, _ example: (name: String, groups: Int)) throws {
    let fixture = try Fixture("ops/group_norm", on: device)
    let (name, groups) = example
    let x = fixture["\(name).x"].channelsLast()
    let (weight, bias) = (fixture["\(name).weight"], fixture["\(name).bias"])
    let y = x.groupNorm(groups: groups, weight: weight, bias: bias, epsilon: 1e-5)
    expectClose(y.channelsFirst(), fixture["\(name).y"])
    let silu = x.groupNorm(
      groups: groups, weight: weight, bias: bias, epsilon: 1e-5, activation: .silu)
    expectClose(silu.channelsFirst(), fixture["\(name).silu"])
    let plain = x.groupNorm(groups: groups, epsilon: 1e-5)
    expectClose(plain.channelsFirst(), fixture["\(name).plain"])
  }

  @Test(arguments: Device.underTest)
  func matchesPyTorchOnASequence(on device: Device) throws {
    let fixture = try Fixture("ops/group_norm", on: device)
    let y = fixture["sequence.x"].transposed().groupNorm(
      groups: 4, weight: fixture["sequence.weight"], bias: fixture["sequence.bias"], epsilon: 1e-5)
    expectClose(y.transposed(), fixture["sequence.y"])
  }

  @Test(arguments: Device.underTest)
  func isAccurateFarFromZero(on device: Device) throws {
    let fixture = try Fixture("ops/group_norm", on: device)
    let y = fixture["largeMean.x"].channelsLast().groupNorm(
      groups: 4, weight: fixture["largeMean.weight"], bias: fixture["largeMean.bias"],
      epsilon: 1e-5)
    expectClose(y.channelsFirst(), fixture["largeMean.y"])
  }

  @Test(
    arguments: Device.underTest,
    [([1, 1, 1, 4], 2), ([2, 5, 7, 36], 4), ([2, 33, 17, 320], 32), ([1, 300, 300, 3], 3)]
      as [(Shape, Int)])
  func matchesTheDefinitionOnAwkwardShapes(on device: Device, _ size: (shape: Shape, groups: Int)) {
    let x = Tensor.normal(size.shape, seed: 13, on: device)
    expectClose(
      x.groupNorm(groups: size.groups, epsilon: 1e-6),
      Reference.groupNorm(x, groups: size.groups, epsilon: 1e-6))
  }

  @Test(arguments: Device.underTest)
  func spreadsANaNOverItsGroupOnly(on device: Device) {
    var values = [Float](repeating: 1, count: 9 * 6)
    values[4] = .nan
    let y = Tensor(values, [1, 3, 3, 6], on: device).groupNorm(groups: 2, epsilon: 1e-5).floats()
    #expect(y.enumerated().allSatisfy { $0.element.isNaN == ($0.offset % 6 >= 3) })
  }

  @Test func trapsWhenGroupsDoNotDivideTheChannels() async {
    await #expect(processExitsWith: .failure) {
      _ = Tensor(repeating: 0, [1, 2, 2, 10], on: .sharedCPU).groupNorm(groups: 3, epsilon: 0)
    }
  }

  @Test(arguments: Device.underTest)
  func leavesAnInputThatIsSeenElsewhere(on device: Device) {
    let x = Tensor.normal([2, 6, 6, 8], seed: 1, on: device)
    let before = x.floats()
    let (whole, second) = (x.reshaped([2, 36, 8]), x.samples(1..<2))
    let y = whole.groupNorm(groups: 4, epsilon: 1e-5)
    _ = second.groupNorm(groups: 4, epsilon: 1e-5)
    #expect(x.floats() == before)
    // Over its own input, when nobody else sees it.
    expectClose(
      Tensor.normal([2, 6, 6, 8], seed: 1, on: device).groupNorm(groups: 4, epsilon: 1e-5),
      y.floats(), within: .exact)
  }
}
