public import DiffusionPipelines

/// Everything that decides which pictures a run makes and what they look like. Batch size and threads
/// are not among them: they change neither.
public struct AugmentationSettings: Codable, Sendable, Equatable {
  /// The kind of file that generated pictures are written to.
  public enum ImageFormat: String, Codable, Sendable, CaseIterable {
    /// JPEG of quality 95 without chroma subsampling, `.jpg`.
    case jpeg
    /// PNG.
    case png

    /// The extension of such files.
    public var pathExtension: String { self == .jpeg ? "jpg" : "png" }
  }

  /// Repaint until every class is on at least this many pictures, originals included.
  public var targetPerClass: Int?
  /// Repaint exactly this many pictures, balanced over the classes. Without this and the others: as many
  /// as originals.
  public var images: Int?
  /// Repaint every photograph with a labelled class this often, whatever that does to the balance.
  public var copies: Int?
  /// How captions and classes become prompts.
  public var promptStyle = PromptStyle.appended
  /// How the guides are drawn.
  public var prior = PriorSettings()
  /// What the shorter side of a photograph becomes for painting, in pixels, about.
  public var resolution = 512
  /// Whether pictures and masks stay at the size that is painted, instead of the photograph's. nil
  /// stands for no, so that it is not among the settings of runs that do not use it.
  public var keepsPaintedSize: Bool?
  /// The fit below which a picture is painted again, see `Benchmarks/Results/fit.md`; nil for never.
  public var minFit: Double?
  /// How often a picture is painted again at most; the best of all attempts is kept.
  public var retries: Int?
  /// How the model paints.
  public var sampling = SamplingSettings()
  /// What the pictures must not look like; nil for the model's own idea of an empty prompt.
  public var negativePrompt: String?
  /// The run's seed, from which every picture's is made.
  public var seed: UInt64 = 0
  /// The kind of file that generated pictures are written to.
  public var imageFormat = ImageFormat.jpeg

  /// The defaults: as many pictures as originals, the paper's prompts and weights.
  public init() {}

  /// Checks what no single option can check.
  ///
  /// - Throws: ``AugmentationError`` of category `usage`.
  public func validate() throws {
    try prior.validate()
    let complaint: String? =
      if [targetPerClass, images, copies].count(where: { $0 != nil }) > 1 {
        "--target-per-class, --images and --copies exclude each other: give one of them."
      } else if !(1...1_000_000).contains(targetPerClass ?? images ?? copies ?? 1) {
        "--target-per-class, --images and --copies must be between 1 and a million."
      } else if resolution < 1 || resolution > 16384 {
        "--resolution must be between 1 and 16384 pixels, found \(resolution)."
      } else if sampling.steps < 1 {
        "--steps must be at least 1."
      } else if (minFit == nil) != (retries == nil) {
        "--min-fit and --retries belong together."
      } else if !(minFit ?? 0).isFinite || !(1...100).contains(retries ?? 1) {
        "--min-fit must be a number and --retries within 1 ... 100."
      } else {
        nil
      }
    if let complaint { throw AugmentationError(.usage, complaint) }
  }
}
