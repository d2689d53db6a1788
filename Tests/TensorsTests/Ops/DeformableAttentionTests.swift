import Tensors
import TestSupport
import Testing

@Suite struct DeformableAttentionTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let options: DeformableOptions

    init(_ name: String, heads: Int, points: Int, _ sizes: [(Int, Int)]) {
      testDescription = name
      options = DeformableOptions(
        heads: heads, levels: sizes.map { MapSize(height: $0.0, width: $0.1) }, points: points)
    }

    static let all = [
      Case("levels", heads: 3, points: 4, [(2, 3), (4, 5), (5, 7)]),
      Case("outside", heads: 2, points: 2, [(3, 2)]),
      Case("wide", heads: 1, points: 3, [(4, 4), (5, 5)]),
    ]
  }

  @Test(arguments: Device.underTest, Case.all)
  func matchesPyTorch(on device: Device, _ example: Case) throws {
    let fixture = try Fixture("ops/deformable_attention", on: device)
    let name = example.testDescription
    let y = fixture["\(name).values"].deformableAttention(
      places: fixture["\(name).places"], offsets: fixture["\(name).offsets"],
      weights: fixture["\(name).weights"], example.options)
    expectClose(y, fixture["\(name).y"])
  }

  /// A place that is no number, or infinitely far away, has no value, and no memory is read for it.
  @Test(arguments: Device.underTest)
  func placesThatAreNoneHaveNoValue(on device: Device) {
    let offsets: [Float] = [.nan, 0, 0, .infinity, -.infinity, 1e30, 0, 0]
    let y = Tensor(repeating: 1, [1, 1, 3], on: device).deformableAttention(
      places: Tensor([0.5, 0.5], [1, 2], on: device),
      offsets: Tensor(offsets, [1, 1, 8], on: device),
      weights: Tensor(repeating: 2, [1, 1, 4], on: device),
      DeformableOptions(heads: 1, levels: [MapSize(height: 1, width: 1)], points: 4))
    #expect(y.floats() == [2, 2, 2])
  }

  @Test func trapsWhenMapsDoNotFillTheValues() async {
    await #expect(processExitsWith: .failure) {
      let values = Tensor(repeating: 0, [1, 7, 4], on: .sharedCPU)
      _ = values.deformableAttention(
        places: Tensor(repeating: 0, [1, 2], on: .sharedCPU),
        offsets: Tensor(repeating: 0, [1, 1, 2], on: .sharedCPU),
        weights: Tensor(repeating: 0, [1, 1, 1], on: .sharedCPU),
        DeformableOptions(heads: 1, levels: [MapSize(height: 2, width: 3)], points: 1))
    }
  }
}
