/// How scribbles are drawn of whole masks.
public struct ScribbleSettings: Codable, Sendable, Equatable {
  /// How thick lines are, in pixels: ScribbleSup's have 3.
  public var thickness: Int
  /// The share of each centre line that is drawn, above 0, up to 1.
  public var length: Double
  /// Chooses which part of the lines that is.
  public var seed: UInt64

  /// Collects the settings.
  public init(thickness: Int = 3, length: Double = 1, seed: UInt64 = 0) {
    (self.thickness, self.length, self.seed) = (thickness, length, seed)
  }
}
