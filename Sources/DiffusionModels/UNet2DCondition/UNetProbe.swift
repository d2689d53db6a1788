public import Tensors

/// Looks inside a UNet during one prediction, and keeps what it was asked for.
///
/// What is not asked for is not computed. A recorded step makes its probe inside the recording and returns its
/// ``tensors``.
public final class UNetProbe {
  /// A block of the network.
  public enum Place: Hashable, Sendable {
    /// A level on the way down, finest first.
    case down(Int)
    /// The bottom.
    case middle
    /// A level on the way up, coarsest first.
    case up(Int)
  }

  /// Something that passes a place.
  public enum Sight: Hashable, Sendable {
    /// The features that the place gives to the next, `[N, H, W, C]`.
    case features(Place)
    /// The features that a layer of a level on the way up is given from below, before a skip joins them, `[N, H, W, C]`.
    case input(Place, layer: Int)
    /// How much each pixel of a transformer block attends to each other one, the mean over the heads,
    /// `[N, H·W, H·W]`. Blocks are counted from 0 through all transformers of the place.
    case selfAttention(Place, block: Int)
    /// How much each pixel attends to each token of the prompt, `[N, H·W, L]`.
    case crossAttention(Place, block: Int)
  }

  private let sights: [Sight]
  private var found: [Sight: Tensor] = [:]
  private var place = Place.middle
  private var block = 0

  /// Asks for sights.
  public init(_ sights: [Sight]) { self.sights = sights }

  /// What was found, in the order in which it was asked for.
  ///
  /// A sight that the network does not have traps.
  public var tensors: [Tensor] {
    sights.map { sight in
      guard let tensor = found[sight] else {
        preconditionFailure("UNetProbe: the network has no \(sight)")
      }
      return tensor
    }
  }

  /// Goes to the next place.
  func enter(_ place: Place) {
    self.place = place
    block = 0
  }

  /// Goes to the next transformer block of the place.
  func leaveBlock() { block += 1 }

  func see(features: Tensor) { keep(.features(place)) { features } }

  func see(input: Tensor, layer: Int) { keep(.input(place, layer: layer)) { input } }

  func see(selfAttention: () -> Tensor) { keep(.selfAttention(place, block: block), selfAttention) }

  func see(crossAttention: () -> Tensor) {
    keep(.crossAttention(place, block: block), crossAttention)
  }

  private func keep(_ sight: Sight, _ tensor: () -> Tensor) {
    if sights.contains(sight) { found[sight] = tensor() }
  }
}
