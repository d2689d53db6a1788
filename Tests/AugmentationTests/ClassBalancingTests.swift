import Augmentation
import Testing

@Suite struct ClassBalancingTests {
  /// The algorithm again, word by word and slowly.
  private func reference(_ sets: [Set<UInt8>], target: Int) -> [Int] {
    var visited: [UInt8] = []
    for set in sets { for id in set.sorted() where !visited.contains(id) { visited.append(id) } }
    var generated: [Int] = []
    for id in visited {
      var list: [Int] = []
      for size in 1...256 {
        list += sets.indices.filter { sets[$0].contains(id) && sets[$0].count == size }
      }
      var turn = 0
      while true {
        let originals = sets.filter { $0.contains(id) }.count
        let copies = generated.filter { sets[$0].contains(id) }.count
        if originals + copies >= target { break }
        generated.append(list[turn % list.count])
        turn += 1
      }
    }
    return generated
  }

  /// Class sets as unevenly distributed as VOC's, of a linear congruential generator.
  private func randomSets(_ count: Int, seed: UInt64) -> [Set<UInt8>] {
    var state = seed
    func next(_ bound: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % bound
    }
    return (0..<count).map { _ in
      Set((0..<next(4)).map { _ in UInt8(1 + next(9) * next(9) / 8) })
    }
  }

  @Test func countsEveryClassOfASourceAndTakesPoorPicturesFirst() {
    let balancing = ClassBalancing([[1, 2], [1], [2], []])
    // Class 1 needs two: first its image with one class, then the other, which counts for 2 as well.
    #expect(balancing.choices(targetPerClass: 4) == [1, 0, 2])
  }

  @Test func startsAgainFromTheFirstPicture() {
    #expect(ClassBalancing([[7], [7]]).choices(targetPerClass: 6) == [0, 1, 0, 1])
  }

  @Test(arguments: 0..<30) func agreesWithASlowReference(seed: UInt64) {
    let sets = randomSets(25, seed: seed)
    for target in [1, 3, 8, 20] {
      #expect(
        ClassBalancing(sets).choices(targetPerClass: target)
          == reference(sets, target: target))
    }
  }

  @Test(arguments: 0..<20) func aCountIsThePlanOfTheSmallestSufficientTargetCutShort(seed: UInt64) {
    let sets = randomSets(15, seed: seed)
    let balancing = ClassBalancing(sets)
    for count in [1, 2, 7, 40] {
      let target = (1...).first { reference(sets, target: $0).count >= count } ?? 0
      #expect(
        balancing.choices(count: count)
          == Array(reference(sets, target: target).prefix(count)))
    }
  }

  /// Repaintings are counted without choosing them, also where classes are walked through many times.
  @Test(arguments: 0..<5) func aCountOfManyIsThatOfTheSmallestSufficientTarget(seed: UInt64) {
    let balancing = ClassBalancing(randomSets(400, seed: seed))
    for count in [100, 1000, 2500] {
      let chosen = balancing.choices(count: count)
      let target = (1...).first { balancing.choices(targetPerClass: $0).count >= count } ?? 0
      #expect(chosen == Array(balancing.choices(targetPerClass: target).prefix(count)))
    }
  }

  @Test func endsWithoutAnythingToRepaint() {
    #expect(ClassBalancing([]).choices(targetPerClass: 5).isEmpty)
    #expect(ClassBalancing([[], []]).choices(targetPerClass: 5).isEmpty)
    #expect(ClassBalancing([[], []]).choices(count: 5).isEmpty)
    #expect(ClassBalancing([[3]]).choices(targetPerClass: 1).isEmpty)
    #expect(ClassBalancing([[3]]).choices(count: 0).isEmpty)
  }
}
