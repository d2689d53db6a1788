public import ImageAnnotation
public import ImageFiles
public import SegmentationDatasets

/// The visual prior of one repainting, its control image: the outlines of the photograph, those of its labels, and their
/// blend; or the labels themselves, which stand for all three.
public struct VisualPriors: Sendable {
  /// The photograph's outlines, one channel.
  public let image: Image
  /// The labels' outlines, one channel.
  public let label: Image
  /// The control image: `imageWeight · image + labelWeight · label`, saturated, three equal channels; the labels in
  /// their colours, or as ids in one channel.
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
  ///   - annotator: Draws the outlines of images; not used where labels alone are asked for, and may then be nil.
  ///   - check: Called between two outlines; what it throws ends the drawing.
  public init(
    photograph: Image, labels: LabelImage, width: Int, height: Int, settings: PriorSettings,
    classes: ClassList, annotator: (any ControlAnnotator)?, check: () throws -> Void = {}
  ) throws {
    if settings.kind == .scribbleColours {
      let own = labels.palette
      let control = labels.coloured(with: own.isEmpty ? classes.palette : own)
        .resized(width: width, height: height, .cubic)
      (image, label, blend) = (control, control, control)
      return
    }
    var labels = labels.resizedNearest(width: width, height: height)
    if settings.borderAsBackground { labels = labels.borderAsBackground(in: classes.encoding) }
    if let control = labels.control(settings.kind, classes) {
      (image, label, blend) = (control, control, control)
      return
    }
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

extension LabelImage {
  /// The labels as a control image of their own; nil where outlines are asked for.
  fileprivate func control(_ kind: PriorSettings.Kind, _ classes: ClassList) -> Image? {
    switch kind {
    case .annotator, .labelEdges, .scribbleColours: nil
    case .labelColours: coloured(with: classes.palette)
    case .labelIDs: Image(width: width, height: height, channels: 1, pixels: ids)
    }
  }
}

extension Image {
  /// A photograph at the size that is painted.
  func atGenerationSize(width: Int, height: Int) -> Image {
    let grows = width > self.width || height > self.height
    return resized(width: width, height: height, grows ? .lanczos4 : .area)
  }
}
