public import Tensors

/// What other networks add to a UNet's feature maps, by place.
///
/// A tensor with fewer samples than the UNet sees is repeated for all halves of its batch.
public struct UNetResiduals: Sendable {
  /// At the end of each level on the way down, finest first, before the halving where the level has
  /// attention; what a T2I-Adapter gives (diffusers' `down_intrablock_additional_residuals`). Levels
  /// beyond the last one get nothing.
  public var levels: [Tensor]
  /// To each skip, from the first convolution's to the last layer's; what a ControlNet gives (diffusers'
  /// `down_block_additional_residuals`). Empty, or one for each skip.
  public var skips: [Tensor]
  /// Behind the middle block (diffusers' `mid_block_additional_residual`).
  public var middle: Tensor?

  /// Collects residuals, by default none.
  public init(levels: [Tensor] = [], skips: [Tensor] = [], middle: Tensor? = nil) {
    self.levels = levels
    self.skips = skips
    self.middle = middle
  }

  /// Adds another network's, so that several can steer one image.
  public mutating func add(_ other: UNetResiduals) {
    levels = Self.sum(levels, other.levels)
    skips = Self.sum(skips, other.skips)
    middle = Self.sum([middle].compactMap(\.self), [other.middle].compactMap(\.self)).first
  }

  /// Place by place; what only one of them has stays as it is.
  private static func sum(_ a: [Tensor], _ b: [Tensor]) -> [Tensor] {
    // The one with more samples goes first: the other is repeated.
    zip(a, b).map { $0.shape[0] < $1.shape[0] ? $1 + $0 : $0 + $1 }
      + (a.count > b.count ? a : b).dropFirst(min(a.count, b.count))
  }
}
