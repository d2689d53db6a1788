import Tensors
import TestSupport
import Testing

@Suite struct MapTests {
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
      let isClose = found == expected || abs(found - expected) <= max(1e-6 * abs(expected), 1e-35)
      #expect(isClose, "\(found) instead of \(expected)")
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
}
