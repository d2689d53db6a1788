/// What some annotators can be told beside the image.
public struct AnnotatorOptions: Sendable {
  /// The options, to say which of them an annotator knows.
  public enum Name: Sendable, CaseIterable {
    /// Canny's thresholds.
    case thresholds
    /// Few levels.
    case safe
    /// Lines as if by hand.
    case scribble
    /// Cutting at one half.
    case filter
    /// A control image of another size than the photograph's own.
    case imageResolution
  }

  /// Gradients up to this are no edge; see ``CannyDetector/low``.
  public var low = 100
  /// Gradients above this start an edge.
  public var high = 200
  /// Whether edges keep few levels, so that they tell less of the photograph.
  public var safe = false
  /// Whether edges become lines as if by hand.
  public var scribble = false
  /// Whether edges are cut at one half.
  public var appliesFilter = false

  /// What controlnet_aux does.
  public init() {}
}
