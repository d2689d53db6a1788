public import ImageFiles
public import SegmentationDatasets

/// How often pixels of each class were taken for each other one.
///
/// Pixels that the reference leaves open count nothing. A prediction that names no class of the list is wrong wherever the
/// reference names one, as in MMSegmentation.
public struct ConfusionMatrix: Sendable, Equatable {
  /// What the ids mean.
  public let classes: ClassList
  /// The ids that are told apart, in ascending order: the background, if there is one, and the classes.
  public let ids: [UInt8]
  /// Pixels by the reference's class, then by the prediction's, whose last entry is no class.
  private var counts: [[Int]]
  /// The place of each id, 256 in all; that behind the last for ids that are no class.
  private let places: [Int]

  /// Nothing is counted yet.
  public init(_ classes: ClassList) {
    self.classes = classes
    let ids = (classes.ids + [classes.background].compactMap { $0 }).sorted()
    self.ids = ids
    counts = [[Int]](repeating: [Int](repeating: 0, count: ids.count + 1), count: ids.count)
    places = (UInt8.min...UInt8.max).map { ids.firstIndex(of: $0) ?? ids.count }
  }

  /// Counts an image's pixels.
  ///
  /// - Parameters:
  ///   - prediction: The ids that a segmenter gave.
  ///   - reference: What they should be, of the same size.
  public mutating func add(_ prediction: LabelImage, reference: LabelImage) {
    precondition(
      prediction.size == reference.size,
      "ConfusionMatrix: a prediction of \(prediction.size) pixels for \(reference.size)")
    for (found, expected) in zip(prediction.ids, reference.ids) {
      let row = places[Int(expected)]
      if row < ids.count { counts[row][places[Int(found)]] += 1 }
    }
  }

  /// Adds what was counted elsewhere.
  static func += (matrix: inout ConfusionMatrix, other: ConfusionMatrix) {
    precondition(matrix.ids == other.ids, "ConfusionMatrix: other classes")
    for row in matrix.counts.indices {
      for column in matrix.counts[row].indices {
        matrix.counts[row][column] += other.counts[row][column]
      }
    }
  }

  /// How many pixels of a class were taken for another one, or for itself.
  public func count(of reference: UInt8, takenFor prediction: UInt8) -> Int {
    counts[places[Int(reference)]][places[Int(prediction)]]
  }

  /// The pixels of each class in the reference, in the order of ``ids``.
  public var referencePixels: [Int] { counts.map { $0.reduce(0, +) } }

  /// The share of the pixels that are the class, in reference or prediction, in which both agree, in the order of ``ids``;
  /// nil for a class that neither has.
  public var intersectionsOverUnions: [Double?] {
    let (expected, found) = (referencePixels, predictedPixels)
    return ids.indices.map { Self.share(hits[$0], of: expected[$0] + found[$0] - hits[$0]) }
  }

  /// The share of each class's pixels that were found, in the order of ``ids``; nil for a class that the reference has not.
  public var accuracies: [Double?] { zip(hits, referencePixels).map(Self.share) }

  /// The mean of ``intersectionsOverUnions`` over the classes that have one: mIoU; nil where none has.
  public var meanIntersectionOverUnion: Double? { Self.mean(intersectionsOverUnions) }

  /// The mean of ``accuracies`` over the classes that have one; nil where none has.
  public var meanAccuracy: Double? { Self.mean(accuracies) }

  /// The share of all pixels whose class was found; nil where the reference has none.
  public var pixelAccuracy: Double? {
    Self.share(hits.reduce(0, +), of: referencePixels.reduce(0, +))
  }

  /// The share of a class's pixels that were taken for each, in the order of ``ids``; nil where it has no pixel.
  func shares(of place: Int) -> [Double]? {
    let pixels = referencePixels[place]
    return pixels == 0 ? nil : ids.indices.map { Double(counts[place][$0]) / Double(pixels) }
  }

  private var hits: [Int] { ids.indices.map { counts[$0][$0] } }

  private var predictedPixels: [Int] {
    ids.indices.map { column in counts.reduce(0) { $0 + $1[column] } }
  }

  private static func share(_ part: Int, of whole: Int) -> Double? {
    whole == 0 ? nil : Double(part) / Double(whole)
  }

  private static func mean(_ values: [Double?]) -> Double? {
    let known = values.compactMap { $0 }
    return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
  }
}
