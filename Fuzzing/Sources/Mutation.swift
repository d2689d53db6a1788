import Checkpoints
import Foundation

/// Changes inputs at random, the same on every machine.
struct Mutation {
  /// What stands in place of a value: bounds of integers and floating-point numbers, other kinds, depth.
  private static let values = [
    "null", "true", "0", "1", "-1", "0.5", "65536", "2147483648", "9223372036854775807",
    "-9223372036854775808", "1e308", "NaN", "-Infinity", "\"\"", "\"\\u0000\"", "[]", "[0]", "{}",
    "[[[[]]]]", "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]",
  ]
  /// What a value ends before.
  private static let ends = Set(",]}\n".utf8)

  private var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  /// An input with a few changes: values replaced, bytes flipped, a part of another input put in.
  mutating func changed(_ input: Data, beside others: [Data]) -> Data {
    var bytes = [UInt8](input)
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      switch Int.random(in: 0..<8, using: &random) {
      case 0: flipBit(&bytes)
      case 1: splice(&bytes, others.randomElement(using: &random) ?? input)
      default: replaceValue(&bytes)
      }
    }
    return Data(bytes)
  }

  private mutating func flipBit(_ bytes: inout [UInt8]) {
    guard let place = bytes.indices.randomElement(using: &random) else { return }
    bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
  }

  private mutating func splice(_ bytes: inout [UInt8], _ other: Data) {
    let start = Int.random(in: 0...bytes.count, using: &random)
    let end = Int.random(in: start...bytes.count, using: &random)
    let length = Int.random(in: 0...min(64, other.count), using: &random)
    bytes.replaceSubrange(start..<end, with: other.suffix(length))
  }

  private mutating func replaceValue(_ bytes: inout [UInt8]) {
    let colons = bytes.indices.filter { bytes[$0] == UInt8(ascii: ":") }
    guard let colon = colons.randomElement(using: &random),
      let value = Self.values.randomElement(using: &random)
    else { return }
    let end = bytes[colon...].firstIndex { Self.ends.contains($0) } ?? bytes.endIndex
    bytes.replaceSubrange(colon + 1..<end, with: Array(value.utf8))
  }
}
