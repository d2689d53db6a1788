public import DiffusionPipelines
import Faults

/// Everything that decides which images a run makes and what they look like. Batch size and threads
/// are not among them: they change neither.
public struct AugmentationSettings: Codable, Sendable, Equatable {
  /// The kind of file that generated images are written to.
  public enum ImageFormat: String, Codable, Sendable, CaseIterable {
    /// JPEG of quality 95 without chroma subsampling, `.jpg`.
    case jpeg
    /// PNG.
    case png

    /// The extension of such files.
    public var pathExtension: String { self == .jpeg ? "jpg" : "png" }

    /// The kind with this extension; JPEG where none has it.
    public init(pathExtension: String) { self = pathExtension == "png" ? .png : .jpeg }
  }

  /// What the output has of the dataset's own files; nil for copies.
  public var originals: Originals?
  /// Repaint until every class is on at least this many images, originals included.
  public var targetPerClass: Int?
  /// Repaint exactly this many images, balanced over the classes. Without this and the others: as many
  /// as originals.
  public var images: Int?
  /// Repaint every photograph with a labelled class this often, whatever that does to the balance.
  public var copies: Int?
  /// How many times as many images are painted as are asked for, so that the best can be kept; nil for no more.
  public var oversampling: Double?
  /// Shares of the noise, ScribbleGen's encode ratios: every photograph is repainted once for each of them, beginning at
  /// itself with so much noise; nil for one beginning, ``sampling``'s.
  public var encodeRatios: [Double]?
  /// How captions and classes become prompts.
  public var promptStyle = PromptStyle.appended
  /// Whether prompts of ``PromptStyle/highQuality`` name classes; nil stands for no.
  public var addsClasses: Bool?
  /// In which order prompts name classes; nil for that of their ids.
  public var classOrder: ClassOrder?
  /// How the control images are drawn, one for each of the pipeline's control networks, in their order.
  public var priors = [PriorSettings()]
  /// What the shorter side of a photograph becomes for painting, in pixels, about.
  public var resolution = 512
  /// Whether photographs are squashed to squares of the resolution for painting; nil stands for no.
  public var paintsSquares: Bool?
  /// The part of each photograph that is repainted; nil for all of it.
  public var part: RepaintedPart?
  /// Whether images and masks stay at the size that is painted, instead of the photograph's. nil
  /// stands for no, so that it is not among the settings of runs that do not use it.
  public var keepsPaintedSize: Bool?
  /// The fit below which an image is painted again, see `Benchmarks/Results/fit.md`; nil for never.
  public var minFit: Double?
  /// How often an image is painted again at most; the best of all attempts is kept.
  public var retries: Int?
  /// How instances are painted anew; nil where whole photographs or parts of them are.
  public var instances: InstanceSettings?
  /// How the model paints.
  public var sampling = SamplingSettings()
  /// What the images must not look like; nil for the model's own idea of an empty prompt.
  public var negativePrompt: String?
  /// The run's seed, from which every image's is made.
  public var seed: UInt64 = 0
  /// The kind of file that generated images are written to.
  public var imageFormat = ImageFormat.jpeg

  /// The defaults: as many images as originals, the paper's prompts and weights.
  public init() {}

  /// Checks what no single option can check.
  ///
  /// - Throws: ``AugmentationError`` of kind `request`.
  public func validate() throws {
    for prior in priors { try prior.validate() }
    try demand(
      [targetPerClass, images, copies].count(where: { $0 != nil }) <= 1,
      "a target for each class, a number of images and one of copies exclude each other: give one "
        + "of them.", .targetPerClass, .images, .copies)
    try demand(
      (1...1_000_000).contains(targetPerClass ?? images ?? copies ?? 1),
      "the target for each class and the numbers of images and copies must be between 1 and a "
        + "million.", .targetPerClass, .images, .copies)
    try demand(
      oversampling.map { $0 > 1 && $0 <= 100 } ?? true,
      "the images must be more than once as many as are asked for, and at most a hundred times.",
      .oversampling)
    try validateRatios()
    try demand(
      (1...16384).contains(resolution),
      "the resolution must be between 1 and 16384 pixels, found \(resolution).", .resolution)
    try demand(
      (0...4096).contains(part?.growth ?? 0) && (0...1024).contains(part?.seam ?? 0),
      "the part that is repainted must be grown by 0 ... 4096 pixels, and its seam be 0 ... 1024 pixels wide."
    )
    try instances?.validate()
    try demand(
      instances == nil || keepsPaintedSize != true,
      "instances come back into their photographs, which keep their size: leave out the painted one."
    )
    try demand(sampling.steps >= 1, "at least one step is needed.", .steps)
    try demand(
      (minFit == nil) == (retries == nil),
      "a lowest fit and a number of retries belong together.", .minFit, .retries)
    try demand(
      (minFit ?? 0).isFinite && (1...100).contains(retries ?? 1),
      "the lowest fit must be a number, and the retries within 1 ... 100.", .minFit, .retries)
  }
}
