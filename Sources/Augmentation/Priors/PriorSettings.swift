import Faults
public import ImageAnnotation

/// How the prior of a repainting, its control image, is drawn and blended.
public struct PriorSettings: Codable, Sendable, Equatable {
  /// What the control image is made of.
  public enum Kind: RawRepresentable, Codable, Sendable, CaseIterable, Hashable {
    /// An annotator that looks at the photograph.
    case annotator(AnnotatorKind)
    /// The labels' edges stand in for the photograph's outlines too: only the labelled shapes are kept.
    case labelEdges
    /// The labels themselves, in their classes' colours.
    case labelColours
    /// The labels themselves, as grey ids, for a control with a channel for each class.
    case labelIDs
    /// The labels in the colours of their own file, if it has some, else of their classes, resized as pictures are: colours
    /// mix at edges, as in ScribbleGen, whose network learnt that.
    case scribbleColours

    /// The annotators, and what is made of labels alone.
    public static var allCases: [Kind] {
      AnnotatorKind.allCases.map(annotator) + [
        .labelEdges, .labelColours, .labelIDs, .scribbleColours,
      ]
    }

    /// Its name in commands and ledgers.
    public var rawValue: String {
      switch self {
      case .annotator(let annotator): annotator.rawValue
      case .labelEdges: "label-edges"
      case .labelColours: "label-colours"
      case .labelIDs: "label-ids"
      case .scribbleColours: "scribble-colours"
      }
    }

    /// Whether the control image has colours; what annotators draw has one channel, repeated.
    var hasColours: Bool { self == .labelColours || self == .scribbleColours }

    /// Finds the one of a name.
    public init?(rawValue: String) {
      guard let kind = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
      self = kind
    }
  }

  /// How the labels' outlines are found.
  public enum Label: String, Codable, Sendable, CaseIterable {
    /// The photograph's annotator looks at the labels in their classes' colours, VOC's unless the list has others.
    case detector
    /// Pixels whose neighbour has another label.
    case edges
  }

  /// What the control image is made of.
  public var kind = Kind.annotator(.canny)
  /// How the labels' outlines are found.
  public var label = Label.detector
  /// Whether ignored ids, such as 255, count as background when outlines are drawn, instead of as an area.
  public var borderAsBackground = false
  /// ω1, the weight of the photograph's outlines.
  public var imageWeight: Float = 0.7
  /// ω2, the weight of the labels' outlines.
  public var labelWeight: Float = 0.9

  /// The paper's weights, and Canny's edges since they need no model.
  public init() {}

  /// Checks the weights.
  ///
  /// - Throws: ``AugmentationError`` of kind `request`.
  public func validate() throws {
    let weights = [imageWeight, labelWeight]
    guard weights.allSatisfy({ $0.isFinite && $0 >= 0 }) && weights.contains(where: { $0 > 0 })
    else {
      throw AugmentationError(
        .request,
        "the weights of the outlines in photograph and labels must be 0 or more, and not both 0: "
          + "found \(imageWeight) and \(labelWeight).",
        remedies: [Remedy(.imageWeight), Remedy(.labelWeight)])
    }
  }
}
