import Foundation

/// Draws the numbers that `torch.Generator('cpu').manual_seed(seed)` gives `torch.randn` and `exponential_`.
///
/// A seed then means the same image as in diffusers. The state carries over from draw to draw, so
/// ancestral noise is the same too: draw as many numbers per call as diffusers does, in its order.
///
/// Fewer than 16 numbers are drawn one by one in `Double`; their Box–Muller pairs outlive the call.
/// 16 and more are drawn in blocks of 16 in `Float`, and a ragged end is drawn anew. The same
/// distinction makes `normal(count: 20)` start unlike `normal(count: 10)`.
///
/// The blocks are equal to the last bit to those of PyTorch on x86 with AVX2, where they come from
/// polynomials rather than the C library (see `CephesFloat`). Elsewhere PyTorch itself differs from
/// them in the last bits.
public struct TorchGenerator: Sendable {
  private var words: MersenneTwister
  /// The second number of a Box–Muller pair, kept for the next small draw.
  private var spare: Double?

  /// Creates a generator in the state that `manual_seed(seed)` leaves.
  ///
  /// - Parameter seed: Only the lower 32 bits count, as in PyTorch: seeds 7 and 2³² + 7 are the same.
  public init(seed: UInt64) {
    words = MersenneTwister(seed: UInt32(truncatingIfNeeded: seed))
  }

  /// Draws independent normal numbers of mean 0 and variance 1, as one call of `torch.randn` does.
  ///
  /// - Parameter count: How many. PyTorch fills a tensor in row-major order, so an image's latents
  ///   are to be read as `[N, C, H, W]`.
  public mutating func normal(count: Int) -> [Float] {
    precondition(count >= 0, "normal: cannot draw \(count) numbers")
    return count < Self.block
      ? (0..<count).map { _ in Float(singleNormal()) } : blockNormals(count: count)
  }

  /// Draws independent exponential numbers of mean 1, as one call of `exponential_` on single precision does.
  ///
  /// `torch.multinomial` takes the first place where the probabilities divided by such numbers are largest.
  ///
  /// - Parameter count: How many.
  public mutating func exponential(count: Int) -> [Float] {
    precondition(count >= 0, "exponential: cannot draw \(count) numbers")
    return (0..<count).map { _ in Float(-log1p(-uniformDouble())) }
  }

  // MARK: Blocks

  private static let block = 16

  private mutating func blockNormals(count: Int) -> [Float] {
    var numbers = (0..<count).map { _ in uniformFloat() }
    for start in stride(from: 0, through: count - Self.block, by: Self.block) {
      Self.boxMuller(&numbers, at: start)
    }
    if count % Self.block != 0 {
      // The last block overlaps its forerunner, whose end it replaces by fresh numbers.
      let start = count - Self.block
      for index in start..<count { numbers[index] = uniformFloat() }
      Self.boxMuller(&numbers, at: start)
    }
    return numbers
  }

  /// Turns 16 uniform numbers into normal ones; numbers i and i + 8 make a pair.
  private static func boxMuller(_ numbers: inout [Float], at start: Int) {
    for first in start..<start + block / 2 {
      let second = first + block / 2
      let radius = (-2 * CephesFloat.log(1 - numbers[first])).squareRoot()
      let direction = CephesFloat.sinCos(Float(2 * Double.pi) * numbers[second])
      // PyTorch adds the mean, zero, which turns a negative zero into a positive one.
      numbers[first] = radius * direction.cos + 0
      numbers[second] = radius * direction.sin + 0
    }
  }

  /// A multiple of 2⁻²⁴ in 0 ..< 1.
  private mutating func uniformFloat() -> Float {
    Float(words.next() & 0xff_ffff) * 0x1p-24
  }

  // MARK: Single numbers

  private mutating func singleNormal() -> Double {
    if let spare {
      self.spare = nil
      return spare
    }
    let angle = 2 * Double.pi * uniformDouble()
    let radius = (-2 * log1p(-uniformDouble())).squareRoot()
    spare = radius * sin(angle)
    return radius * cos(angle)
  }

  /// A multiple of 2⁻⁵³ in 0 ..< 1.
  private mutating func uniformDouble() -> Double {
    let high = UInt64(words.next())
    let low = UInt64(words.next())
    return Double((high << 32 | low) & 0x1f_ffff_ffff_ffff) * 0x1p-53
  }
}
