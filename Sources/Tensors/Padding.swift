/// Pixels added around a feature map before a convolution.
public struct Padding: Sendable, Equatable {
  /// What the added pixels hold.
  public enum Mode: Sendable { case zeros, reflect }

  /// Pixels added on each side.
  public var top, left, bottom, right: Int
  /// What the added pixels hold.
  public var mode: Mode

  /// The same number of pixels on every side.
  public init(_ all: Int = 0, mode: Mode = .zeros) {
    self.init(top: all, left: all, bottom: all, right: all, mode: mode)
  }

  /// A number of pixels for each side.
  public init(top: Int, left: Int, bottom: Int, right: Int, mode: Mode = .zeros) {
    (self.top, self.left, self.bottom, self.right) = (top, left, bottom, right)
    self.mode = mode
  }
}
