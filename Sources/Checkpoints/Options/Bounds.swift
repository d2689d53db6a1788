/// What numbers in configurations may be. Published networks stay far within these bounds; beyond them,
/// sizes overflow, or building the network takes longer than anybody waits.
public enum Bounds {
  /// Levels, and entries of a list.
  public static let blocks = 16
  /// Layers of a block.
  public static let layers = 1...64
  /// Layers of a network that has no blocks.
  public static let stack = 1...256
  /// Transformer blocks of one network together.
  public static let transformers = 512
  /// Channels of a feature map, and heads among them.
  public static let channels = 1...65_536
  /// Tokens of a vocabulary.
  public static let vocabulary = 1...4_000_000
  /// Tokens of a text.
  public static let tokens = 1...65_536
  /// Pixels along a side.
  public static let side = 1...65_536
  /// Pixels that become one, along a side.
  public static let scale = 1...256
  /// Timesteps of a training.
  public static let timesteps = 2...100_000
  /// Variances of a step.
  public static let variance: ClosedRange<Double> = 0...1
  /// Noise levels.
  public static let sigma: ClosedRange<Double> = 0...1e15
  /// Added to a variance so that nothing is divided by zero.
  public static let epsilon: ClosedRange<Float> = 0...1
  /// Scales: positive, and no farther from 1 than single precision can square.
  public static let magnitude: ClosedRange<Float> = 1e-15...1e15
  /// Shifts.
  public static let shift: ClosedRange<Float> = -1e15...1e15
}
