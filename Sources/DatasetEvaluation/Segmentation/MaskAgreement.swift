public import ImageFiles
public import SegmentationDatasets

/// How well a segmenter finds in images what their masks say, by class and by image.
public struct MaskAgreement: Sendable {
  /// What is known of a class, the background included.
  public struct Class: Sendable, Equatable {
    /// The class's id and name.
    public let id: UInt8, name: String
    /// How many masks show it.
    public let images: Int
    /// Intersection over union; nil for a class that neither masks nor predictions have.
    public let iou: Double?
    /// ``BoundaryIoU``, nil likewise.
    public let boundaryIoU: Double?
  }

  /// What is known of an image: means over the classes that its mask or its prediction shows.
  public struct ImageScore: Sendable, Equatable {
    /// nil where the mask leaves all pixels open.
    public let meanIoU, meanBoundaryIoU: Double?
    /// Intersection over union by the class's id.
    public let iou: [UInt8: Double]
  }

  private var matrix: ConfusionMatrix
  private var boundaries: BoundaryIoU
  private var images: [UInt8: Int] = [:]

  /// Nothing is compared yet.
  public init(_ classes: ClassList) {
    (matrix, boundaries) = (ConfusionMatrix(classes), BoundaryIoU(classes))
  }

  /// Compares an image's prediction with its mask.
  ///
  /// - Parameters:
  ///   - prediction: The ids that a segmenter gave.
  ///   - mask: What they should be, of the same size.
  /// - Returns: How well this image agrees.
  @discardableResult public mutating func add(
    _ prediction: LabelImage, reference mask: LabelImage
  ) -> ImageScore {
    var (shares, rims) = (ConfusionMatrix(matrix.classes), BoundaryIoU(matrix.classes))
    shares.add(prediction, reference: mask)
    rims.add(prediction, reference: mask)
    matrix += shares
    boundaries += rims
    for id in mask.classes { images[id, default: 0] += 1 }
    let ious = zip(matrix.ids, shares.intersectionsOverUnions).compactMap { id, iou in
      iou.map { (id, $0) }
    }
    return ImageScore(
      meanIoU: shares.meanIntersectionOverUnion,
      meanBoundaryIoU: Self.mean(matrix.ids.map { rims[$0] }),
      iou: Dictionary(uniqueKeysWithValues: ious))
  }

  /// The classes in ascending order of their ids, over all images.
  public var classes: [Class] {
    zip(matrix.ids, matrix.intersectionsOverUnions).map { id, iou in
      Class(
        id: id, name: matrix.classes.name(of: id), images: images[id] ?? 0, iou: iou,
        boundaryIoU: boundaries[id])
    }
  }

  /// The mean of the classes' intersections over unions; nil where no class has one.
  public var meanIoU: Double? { matrix.meanIntersectionOverUnion }

  /// The mean of the classes' ``BoundaryIoU``; nil where no class has one.
  public var meanBoundaryIoU: Double? { Self.mean(matrix.ids.map { boundaries[$0] }) }

  /// A row a class that is somewhere, with its intersection over union and its boundary IoU.
  public var plot: BarPlot {
    let rows = classes.filter { $0.iou != nil }
    return BarPlot(
      title: "Agreement of the segmenter with the masks", unit: "intersection over union",
      things: rows.map(\.name),
      measures: [
        BarPlot.Measure("IoU", values: rows.map(\.iou), mean: meanIoU),
        BarPlot.Measure("boundary IoU", values: rows.map(\.boundaryIoU), mean: meanBoundaryIoU),
      ])
  }

  private static func mean(_ values: [Double?]) -> Double? {
    let known = values.compactMap { $0 }
    return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
  }
}
