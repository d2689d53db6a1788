/// The 32-bit Mersenne Twister, the source of all of PyTorch's random numbers on the CPU.
///
/// Source: Matsumoto and Nishimura, "Mersenne Twister: A 623-dimensionally equidistributed uniform
/// pseudorandom number generator", ACM TOMACS 8 (1998), <https://doi.org/10.1145/272991.272995>.
struct MersenneTwister: Sendable {
  private static let size = 624
  private static let shift = 397

  private var state: [UInt32]
  private var position = size

  init(seed: UInt32) {
    state = [seed]
    state.reserveCapacity(Self.size)
    for index in 1..<UInt32(Self.size) {
      let last = state[state.count - 1]
      state.append(1_812_433_253 &* (last ^ (last >> 30)) &+ index)
    }
  }

  mutating func next() -> UInt32 {
    if position == Self.size { twist() }
    var word = state[position]
    position += 1
    word ^= word >> 11
    word ^= (word << 7) & 0x9d2c_5680
    word ^= (word << 15) & 0xefc6_0000
    return word ^ (word >> 18)
  }

  /// Replaces all words of the state, each by its successor in the recurrence.
  private mutating func twist() {
    for index in 0..<Self.size {
      let high = state[index] & 0x8000_0000
      let low = state[(index + 1) % Self.size] & 0x7fff_ffff
      let mixed = (high | low) >> 1 ^ (low & 1 == 0 ? 0 : 0x9908_b0df)
      state[index] = state[(index + Self.shift) % Self.size] ^ mixed
    }
    position = 0
  }
}
