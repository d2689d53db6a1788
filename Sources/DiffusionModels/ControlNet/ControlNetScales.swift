import Foundation

/// What a ControlNet's residuals are multiplied by.
public struct ControlNetScales: Sendable, Equatable {
  /// Of all residuals.
  public var scale: Float
  /// Whether they grow from a tenth of that at the first skip to all of it behind the middle, as diffusers'
  /// `guess_mode` has it, so that a network is followed where no prompt says what to paint.
  public var growing: Bool

  /// Chooses, by default as diffusers.
  public init(scale: Float = 1, growing: Bool = false) {
    self.scale = scale
    self.growing = growing
  }

  /// One for each skip and a last one for the middle.
  ///
  /// - Parameter areEven: Whether they do not grow in any case, as in a network that pools its residuals.
  func values(skips: Int, areEven: Bool) -> [Float] {
    (0...skips).map { i in
      growing && !areEven ? scale * Float(pow(10, Double(i) / Double(skips) - 1)) : scale
    }
  }
}
