import Foundation

/// Changes inputs at random, the same on every machine.
struct Mutation: RandomNumberGenerator {
  /// What stands in place of a value: bounds of integers and floating-point numbers, other kinds, depth.
  private static let values = [
    "null", "true", "0", "1", "-1", "0.5", "65536", "2147483648", "9223372036854775807",
    "-9223372036854775808", "1e308", "NaN", "-Infinity", "\"\"", "\"\\u0000\"", "[]", "[0]", "{}",
    "[[[[]]]]", "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]",
  ]
  /// What a value ends before.
  private static let ends = Set(",]}\n".utf8)

  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// Source: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// An input with a few changes: values replaced, bytes flipped, a part of another input put in.
  mutating func changed(_ input: Data, beside others: [Data]) -> Data {
    var bytes = [UInt8](input)
    for _ in 0..<Int.random(in: 1...4, using: &self) {
      switch Int.random(in: 0..<8, using: &self) {
      case 0: flipBit(&bytes)
      case 1: splice(&bytes, others.randomElement(using: &self) ?? input)
      default: replaceValue(&bytes)
      }
    }
    return Data(bytes)
  }

  private mutating func flipBit(_ bytes: inout [UInt8]) {
    guard let place = bytes.indices.randomElement(using: &self) else { return }
    bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &self)
  }

  private mutating func splice(_ bytes: inout [UInt8], _ other: Data) {
    let start = Int.random(in: 0...bytes.count, using: &self)
    let end = Int.random(in: start...bytes.count, using: &self)
    let length = Int.random(in: 0...min(64, other.count), using: &self)
    bytes.replaceSubrange(start..<end, with: other.suffix(length))
  }

  private mutating func replaceValue(_ bytes: inout [UInt8]) {
    let colons = bytes.indices.filter { bytes[$0] == UInt8(ascii: ":") }
    guard let colon = colons.randomElement(using: &self),
      let value = Self.values.randomElement(using: &self)
    else { return }
    let end = bytes[colon...].firstIndex { Self.ends.contains($0) } ?? bytes.endIndex
    bytes.replaceSubrange(colon + 1..<end, with: Array(value.utf8))
  }
}
