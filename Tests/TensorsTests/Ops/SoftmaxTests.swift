import Tensors
import TestSupport
import Testing

@Suite struct SoftmaxTests {
  @Test(arguments: Device.underTest, ["plain", "wide", "single", "huge", "masked"])
  func matchesPyTorch(on device: Device, _ name: String) throws {
    let fixture = try Fixture("ops/softmax", on: device)
    expectClose(fixture["\(name).x"].softmax(), fixture["\(name).y"])
  }

  @Test(arguments: Device.underTest, [1, 15, 16, 17, 129, 4099])
  func sharesAddUpToOne(on device: Device, _ count: Int) {
    let y = Tensor.normal([5, count], seed: 44, scale: 4, on: device).softmax()
    for row in 0..<5 {
      let sum = y.samples(row..<row + 1).floats().reduce(0.0) { $0 + Double($1) }
      #expect(abs(sum - 1) < 1e-5)
    }
  }

  /// Nothing to be shared out, and a number that is none; the rows beside them know nothing of it.
  @Test(arguments: Device.underTest)
  func whatHasNoSharesIsNaN(on device: Device) {
    let low = -Float.infinity
    let y = Tensor([low, low, low, 1, .nan, 1, 2, 2, low], [3, 3], on: device).softmax().floats()
    #expect(y[..<6].allSatisfy { $0.isNaN })
    #expect(y[6...] == [0.5, 0.5, 0])
  }

  @Test func trapsOnRowsOfNothing() async {
    await #expect(processExitsWith: .failure) {
      _ = Tensor([Float](), [3, 0], on: .sharedCPU).softmax()
    }
  }
}
