import Tensors
import TestSupport
import Testing

/// The judge of all the other tests must itself be able to say no.
@Suite struct ExpectCloseTests {
  @Test func acceptsWhatIsWithinTheTolerance() {
    expectClose([1, 100.0005], [1, 100], within: .float32)
    expectClose([.infinity, 0], [.infinity, 0], within: .exact)
  }

  @Test func measuresAgainstTheLargestExpectedMagnitude() {
    expectClose([0.0005, 100], [0, 100], within: .float32)
    #expect(mismatch([0.0005, 1], [0, 1], within: .float32) != nil)
  }

  @Test(
    arguments: [
      ([.nan, 1], [1, 1]), ([1, .nan], [1, 1]), ([1, 1], [1, .nan]), ([.nan], [.nan]),
      ([.infinity, 1], [1, 1]), ([.infinity, 2], [.infinity, 1]), ([-.infinity], [.infinity]),
      ([1], [1, 1]), ([1, 1], [1]),
    ] as [([Float], [Float])])
  func refusesWhatIsNotClose(_ found: [Float], _ expected: [Float]) {
    #expect(mismatch(found, expected, within: Tolerance(relative: 0.5)) != nil)
  }

  @Test func refusesAnotherShapeOfTheSameNumbers() {
    let x = Tensor(repeating: 1, [2, 3], on: .sharedCPU)
    #expect(mismatch(x, x.reshaped([3, 2]), within: .float32) != nil)
  }
}
