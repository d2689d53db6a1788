import Augmentation
import Faults
import Foundation
import TestSupport
import Testing

/// The published sizes and rules of every training scheme.
@Suite struct TrainingScheduleTests {
  private static let originals = (0..<40).map { "photo\($0)" }
  private static let names = ["0.5", "0.6", "0.7", "0.8", "0.9", "1.0"]
  private static let sets = SyntheticSets(
    names: names, originals: originals,
    versions: (1...6).map { set in originals.map { "\($0)_\(set)" } })
  private let n = 40
  private let k = 6

  private func schedule(
    _ scheme: TrainingScheme, starts: [Int]? = nil, probability: Double? = nil, best: Int? = nil,
    seed: UInt64 = 0, ranking: [[Int]] = []
  ) throws -> TrainingSchedule {
    try TrainingSchedule(
      .init(scheme, starts: starts, probability: probability, best: best, seed: seed), Self.sets,
      ranking: ranking)
  }

  /// The number of the set that an image is from, from 0; nil for a photograph.
  private func set(of image: String) -> Int? {
    let parts = image.split(separator: "_")
    return parts.count > 1 ? Int(parts[1]).map { $0 - 1 } : nil
  }

  private func photograph(of image: String) -> String {
    String(image.split(separator: "_")[0])
  }

  @Test func appendHasAll() throws {
    let images = try schedule(.append).images(in: 0)
    #expect(images.count == n * (k + 1) && Set(images).count == images.count)
    #expect(Array(images.prefix(n)) == Self.originals)
    #expect(try schedule(.append).images(in: 7) == images)
  }

  @Test func syntheticOnlyHasNoPhotograph() throws {
    let images = try schedule(.syntheticOnly).images(in: 3)
    #expect(images.count == n * k && images.allSatisfy { set(of: $0) != nil })
  }

  /// λ = 0.5 … 1.0 at epochs 0, 10, 20, 30, 40 and 50 of 60.
  @Test func aCurriculumHasTheLastSetThatHasBegun() throws {
    let schedule = try schedule(.appendCurriculum, starts: [0, 10, 20, 30, 40, 50])
    for epoch in 0..<60 {
      let images = schedule.images(in: epoch)
      #expect(images.count == 2 * n && Array(images.prefix(n)) == Self.originals)
      #expect(images.dropFirst(n).allSatisfy { set(of: $0) == epoch / 10 })
    }
    #expect(schedule.images(in: 1000).last == "photo39_6")
  }

  @Test func sampleDrawsASetForEachImageAnewInEachEpoch() throws {
    let schedule = try schedule(.sample)
    var counts = [Int](repeating: 0, count: k)
    for epoch in 0..<60 {
      let images = schedule.images(in: epoch)
      #expect(images.count == 2 * n && Array(images.prefix(n)) == Self.originals)
      #expect(images.dropFirst(n).map(photograph) == Self.originals)
      for image in images.dropFirst(n) { counts[try #require(set(of: image))] += 1 }
    }
    // 2400 draws of 6 sets: 400 each, with a deviation of 18.
    #expect(counts.allSatisfy { (320...480).contains($0) }, "\(counts)")
    #expect(schedule.images(in: 0) != schedule.images(in: 1))
    #expect(schedule.images(in: 5) == (try self.schedule(.sample).images(in: 5)))
    #expect(schedule.images(in: 5) != (try self.schedule(.sample, seed: 1).images(in: 5)))
  }

  @Test(arguments: [0, 0.3, 1]) func replacementKeepsTheNumber(probability: Double) throws {
    let schedule = try schedule(.replacement, probability: probability)
    let epochs = (0..<60).map(schedule.images)
    #expect(epochs.allSatisfy { $0.count == n && $0.map(photograph) == Self.originals })
    let replaced = epochs.joined().compactMap(set)
    #expect(abs(Double(replaced.count) / 2400 - probability) < 0.05)
    #expect(probability == 0 || Set(replaced) == Set(0..<k))
  }

  @Test func replacementFollowsACurriculum() throws {
    let schedule = try schedule(
      .replacement, starts: [0, 10, 20, 30, 40, 50], probability: 0.5)
    for epoch in [0, 9, 10, 35, 59] {
      #expect(Set(schedule.images(in: epoch).compactMap(set)) == [epoch / 10])
    }
  }

  /// The published loop ends when i > k, so that k + 1 sets are kept.
  @Test(arguments: [0, 1, 5]) func bestKKeepsOneMore(best: Int) throws {
    let ranking = Self.originals.indices.map { place in (0..<k).map { ($0 + place) % k } }
    let images = try schedule(.bestK, best: best, ranking: ranking).images(in: 4)
    #expect(images.count == n * (best + 2))
    for (place, original) in Self.originals.enumerated() {
      let kept = images.filter { photograph(of: $0) == original }.compactMap(set)
      #expect(kept == Array(ranking[place].prefix(best + 1)))
    }
  }

  private func refusal(
    _ scheme: TrainingScheme, starts: [Int]? = nil, probability: Double? = nil, best: Int? = nil
  ) -> (String, [Remedy.Setting]) {
    let body = {
      try schedule(
        scheme, starts: starts, probability: probability, best: best,
        ranking: Self.originals.map { _ in Array(0..<6) })
    }
    return (message(body), remedies(body))
  }

  @Test func refusesRulesThatContradictEachOther() {
    let starts = [0, 10, 20, 30, 40, 50]
    let sample = refusal(.sample, starts: starts)
    #expect(sample.0.contains("do not go together") && sample.1 == [.starts])
    #expect(refusal(.append, starts: starts).0.contains("'append-curriculum' or 'replacement'"))
    #expect(refusal(.appendCurriculum).0.contains("first epoch of each set"))
    #expect(
      refusal(.appendCurriculum, starts: [0, 10]).0.contains("2 first epochs are given for 6"))
    #expect(refusal(.appendCurriculum, starts: [1, 2, 3, 4, 5, 6]).0.contains("begin with 0"))
    #expect(refusal(.appendCurriculum, starts: [0, 2, 2, 4, 5, 6]).0.contains("ascend"))
    #expect(refusal(.replacement).1 == [.probability])
    #expect(refusal(.replacement, probability: 1.1).0.contains("within 0 ... 1"))
    #expect(refusal(.append, probability: 0.5).1 == [.probability])
    #expect(refusal(.bestK).1 == [.best])
    #expect(refusal(.bestK, best: 6).0.contains("k must be within 0 ... 5"))
    #expect(refusal(.append, best: 1).1 == [.best])
  }
}
