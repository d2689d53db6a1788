/// A small, fast source of random bits that starts well from any seed.
///
/// Source: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.
package struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  /// Starts from any seed.
  package init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// Nearly normal numbers: the sum of four independent uniform ones, at most 2·√3 deviations large.
  ///
  /// One draw makes one number, which is what makes billions of them affordable.
  mutating func normals(_ count: Int, deviation: Float) -> [Float] {
    // Four numbers uniform on 0…65535 have mean 4 · 32767.5 and variance 4 · (65536² − 1) / 12.
    let scale = deviation / (Float(65536.0 * 65536.0 - 1) / 3).squareRoot()
    return unsafe [Float](unsafeUninitializedCapacity: count) { buffer, filled in
      for i in 0..<count {
        let bits = next()
        let pairs = (bits & 0x0000_FFFF_0000_FFFF) &+ ((bits >> 16) & 0x0000_FFFF_0000_FFFF)
        let sum = Int32(truncatingIfNeeded: (pairs >> 32) &+ (pairs & 0xFFFF_FFFF))
        unsafe buffer[i] = Float(2 &* sum &- 4 * 65535) * (scale / 2)
      }
      filled = count
    }
  }

  /// A number for a text, the same on every machine.
  ///
  /// Source: FNV-1a, <http://www.isthe.com/chongo/tech/comp/fnv/>.
  static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }
}
