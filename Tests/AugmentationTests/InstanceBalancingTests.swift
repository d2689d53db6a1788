import Augmentation
import Testing

/// Which instances are painted how often.
@Suite struct InstanceBalancingTests {
  /// Three photographs: two cars and a cat, a car, and nothing that can be painted.
  private let sources: [[UInt8]] = [[7, 7, 8], [7], []]
  private let counts: [UInt8: Int] = [7: 4, 8: 1, 15: 9]

  private func choices(
    _ balancing: InstanceBalancing, target: Int
  ) -> [[Int]] {
    balancing.choices(targetPerClass: target).map { [$0.source] + $0.instances }
  }

  @Test func beginsAtTheRarestClass() {
    let one = InstanceBalancing(sources, counts: counts, perImage: 1)
    #expect(choices(one, target: 4) == [[0, 2], [0, 2], [0, 2]])
    // Then both are equal, and the lower id comes first; its instances take turns.
    #expect(
      choices(one, target: 6)
        == [[0, 2], [0, 2], [0, 2], [0, 0], [0, 2], [0, 1], [0, 2]])
    #expect(one.choices(targetPerClass: 1).isEmpty)
  }

  @Test func takesTheOthersOfThePhotographAlong() {
    let all = InstanceBalancing(sources, counts: counts)
    #expect(choices(all, target: 3) == [[0, 0, 1, 2], [0, 0, 1, 2]])
    let two = InstanceBalancing(sources, counts: counts, perImage: 2)
    #expect(choices(two, target: 3) == [[0, 0, 2], [0, 1, 2]])
  }

  @Test func makesAsManyImagesAsAreAskedFor() {
    let one = InstanceBalancing(sources, counts: [7: 4, 8: 4], perImage: 1)
    #expect(
      one.choices(count: 6).map { [$0.source] + $0.instances }
        == [[0, 0], [0, 2], [0, 1], [0, 2], [1, 0], [0, 2]])
    #expect(InstanceBalancing([[], []], counts: [:]).choices(count: 3).isEmpty)
  }

  /// Every version begins with what the others have left.
  @Test func copiesTakeEveryPhotographWithAnInstance() {
    let one = InstanceBalancing(sources, counts: counts, perImage: 1)
    #expect(
      one.choices(copies: 2).map { [$0.source] + $0.instances }
        == [[0, 2], [1, 0], [0, 2], [1, 0]])
    let all = InstanceBalancing(sources, counts: counts)
    #expect(all.choices(copies: 1).map(\.instances) == [[0, 1, 2], [0]])
  }
}
