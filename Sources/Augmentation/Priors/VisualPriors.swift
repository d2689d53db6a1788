public import ImageAnnotation
public import ImageFiles
public import SegmentationDatasets

/// The visual prior of one repainting, its control image: the outlines of the photograph, those of its labels, and their blend.
public struct VisualPriors: Sendable {
  /// The photograph's outlines, one channel.
  public let image: Image
  /// The labels' outlines, one channel.
  public let label: Image
  /// `imageWeight · image + labelWeight · label`, saturated, three equal channels.
  public let blend: Image

  /// Draws the priors of a photograph at the size that will be painted.
  ///
  /// The photograph is resized as the published detectors do it (OpenCV's Lanczos when it grows, area
  /// averages when it shrinks); labels go to the nearest pixel before they are coloured.
  ///
  /// - Parameters:
  ///   - photograph: The photograph.
  ///   - labels: Its labels, at its size.
  ///   - width: The width to paint at, in pixels.
  ///   - height: The height to paint at, in pixels.
  ///   - settings: Weights, and how the labels' outlines are found.
  ///   - classes: What the labels' ids mean, and their colours.
  ///   - annotator: Draws the outlines of images; not used for label edges, and may then be nil.
  ///   - check: Called between two outlines; what it throws ends the drawing.
  public init(
    photograph: Image, labels: LabelImage, width: Int, height: Int, settings: PriorSettings,
    classes: ClassList, annotator: (any ControlAnnotator)?, check: () throws -> Void = {}
  ) throws {
    var labels = labels.resizedNearest(width: width, height: height)
    if settings.borderAsBackground { labels = labels.borderAsBackground(in: classes.encoding) }
    if let annotator {
      image = try annotator(photograph.atGenerationSize(width: width, height: height).rgb())
      try check()
      label =
        settings.label == .edges
        ? labels.edges() : try annotator(labels.coloured(with: classes.palette))
    } else {
      label = labels.edges()
      image = label
    }
    blend = image.blended(
      weight: settings.imageWeight, with: label, weight: settings.labelWeight)
  }
}

extension Image {
  /// A photograph at the size that is painted.
  func atGenerationSize(width: Int, height: Int) -> Image {
    let grows = width > self.width || height > self.height
    return resized(width: width, height: height, grows ? .lanczos4 : .area)
  }
}
