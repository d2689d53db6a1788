/// How the model paints: all that one picture depends on besides its prompt, guide and seed.
public struct PaintingSettings: Codable, Sendable, Equatable {
  /// What the pictures must not look like; empty for nothing.
  public var negativePrompt = ""
  /// Denoising steps.
  public var steps = 30
  /// Weight of classifier-free guidance; 1 switches it off.
  public var guidanceScale: Float = 7.5
  /// The scheduler's name as on the command line; nil for the model's own.
  public var scheduler: String?
  /// What the adapter's features are multiplied by.
  public var adapterScale: Float = 1
  /// The share of the steps, from the first, in which the adapter guides.
  public var adapterFactor: Float = 1
  /// Where the model runs, such as `cpu`.
  public var device = "cpu"
  /// What it computes in, such as `fp32`.
  public var precision = "fp32"

  /// The command line's defaults.
  public init() {}
}
