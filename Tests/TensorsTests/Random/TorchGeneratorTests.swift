import Foundation
import Tensors
import Testing

/// Bit patterns of what torch draws, written by `tools/fixtures/torch_random.py`.
private struct Draws: Decodable {
  struct Sequence: Decodable {
    let seed: UInt64
    let draws: [[UInt32]]
  }
  struct Long: Decodable {
    let seed: UInt64
    let sizes: [Int]
    let digests: [UInt64]
  }
  let sequences: [Sequence]
  let long: Long
  let exponential: Long

  init() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Fixtures/random/torch_normal.json")
    self = try JSONDecoder().decode(Draws.self, from: Data(contentsOf: file))
  }
}

@Suite struct TorchGeneratorTests {
  @Test func equalsTorchBitByBitForEverySizeAndAcrossCalls() throws {
    for sequence in try Draws().sequences {
      var generator = TorchGenerator(seed: sequence.seed)
      for expected in sequence.draws {
        let found = generator.normal(count: expected.count).map(\.bitPattern)
        #expect(found == expected, "seed \(sequence.seed), \(expected.count) numbers")
      }
    }
  }

  @Test func equalsTorchBitByBitOnWholeLatents() throws {
    let long = try Draws().long
    var generator = TorchGenerator(seed: long.seed)
    let digests = long.sizes.map { fnv1a(generator.normal(count: $0).map(\.bitPattern)) }
    #expect(digests == long.digests)
  }

  @Test func drawsExponentialNumbersOfTorch() throws {
    let expected = try Draws().exponential
    var generator = TorchGenerator(seed: expected.seed)
    let digests = expected.sizes.map { fnv1a(generator.exponential(count: $0).map(\.bitPattern)) }
    #expect(digests == expected.digests)
  }

  @Test func copiesGoTheirOwnWays() {
    var one = TorchGenerator(seed: 5)
    _ = one.normal(count: 3)
    var other = one
    #expect(one.normal(count: 50) == other.normal(count: 50))
    _ = one.normal(count: 16)
    #expect(one.normal(count: 50) != other.normal(count: 50))
  }

  /// The 64-bit FNV-1a hash, taken over 32-bit words instead of bytes.
  private func fnv1a(_ words: [UInt32]) -> UInt64 {
    words.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
