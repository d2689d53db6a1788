import Foundation
public import ImageFiles
public import SegmentationDatasets

/// How sharply predictions agree with masks at the borders of things: the intersection over union of bands along the
/// insides of each class's outlines.
///
///     boundary IoU = |(G_d ∩ G) ∩ (P_d ∩ P)| / |(G_d ∩ G) ∪ (P_d ∩ P)|
///
/// G and P are a class's pixels in mask and prediction, G_d and P_d those within d pixels of their outlines, and d is 2 % of the
/// image's diagonal. Intersections and unions are summed over all images. What the mask leaves open counts in neither, and
/// outlines run along it in both.
///
/// Source: Cheng et al., "Boundary IoU: Improving Object-Centric Image Segmentation Evaluation", CVPR 2021, arXiv 2103.16562,
/// section 4. As in the authors' code a band is what d erosions with a square of 3 × 3 pixels take away, and what lies
/// outside the image is another thing.
public struct BoundaryIoU: Sendable {
  /// What d is of the diagonal.
  public static let share = 0.02

  /// What the ids mean.
  public let classes: ClassList
  /// Pixels of the bands by id, 256 in all: those of the masks, of the predictions, and of both.
  private var reference, prediction, both: [Int]

  /// Nothing is counted yet.
  public init(_ classes: ClassList) {
    self.classes = classes
    reference = [Int](repeating: 0, count: 256)
    (prediction, both) = (reference, reference)
  }

  /// Counts an image's pixels.
  ///
  /// - Parameters:
  ///   - found: The ids that a segmenter gave.
  ///   - mask: What they should be, of the same size.
  public mutating func add(_ found: LabelImage, reference mask: LabelImage) {
    precondition(
      found.size == mask.size,
      "BoundaryIoU: a prediction of \(found.size) pixels for \(mask.size)")
    let isOpen = mask.ids.map(classes.ignored.contains)
    var ids = found.ids
    for pixel in ids.indices where isOpen[pixel] { ids[pixel] = mask.ids[pixel] }
    let closed = LabelImage(width: mask.width, height: mask.height, ids: ids)
    let reach = Self.reach(in: mask.size)
    let (expected, given) = (mask.bands(within: reach), closed.bands(within: reach))
    for pixel in ids.indices where !isOpen[pixel] {
      let (own, other) = (Int(mask.ids[pixel]), Int(ids[pixel]))
      if expected[pixel] { reference[own] += 1 }
      if given[pixel] { prediction[other] += 1 }
      if expected[pixel] && given[pixel] && own == other { both[own] += 1 }
    }
  }

  /// Adds what was counted elsewhere.
  static func += (sum: inout BoundaryIoU, other: BoundaryIoU) {
    for id in sum.both.indices {
      sum.reference[id] += other.reference[id]
      sum.prediction[id] += other.prediction[id]
      sum.both[id] += other.both[id]
    }
  }

  /// The boundary IoU of a class; nil for one that neither masks nor predictions have.
  public subscript(id: UInt8) -> Double? {
    let id = Int(id)
    let union = reference[id] + prediction[id] - both[id]
    return union == 0 ? nil : Double(both[id]) / Double(union)
  }

  /// The width of bands in an image: at least a pixel.
  static func reach(in size: ImageSize) -> Int {
    let (width, height) = (Double(size.width), Double(size.height))
    let diagonal = (width * width + height * height).squareRoot()
    return max(1, Int((share * diagonal).rounded(.toNearestOrEven)))
  }
}

extension LabelImage {
  /// Which pixels have another id, or the outside of the image, in the square of `reach` pixels to all sides.
  func bands(within reach: Int) -> [Bool] {
    var even = [Bool](repeating: false, count: ids.count)
    for row in 0..<height {
      mark(&even, from: row * width, by: 1, count: width, reach) { ids[$0] == ids[$1] }
    }
    var inside = [Bool](repeating: false, count: ids.count)
    for column in 0..<width {
      mark(&inside, from: column, by: width, count: height, reach) {
        even[$0] && even[$1] && ids[$0] == ids[$1]
      }
    }
    return inside.map { !$0 }
  }

  /// Marks the pixels of a line that have `reach` equal ones before them and behind.
  private func mark(
    _ marks: inout [Bool], from start: Int, by step: Int, count: Int, _ reach: Int,
    areEqual: (Int, Int) -> Bool
  ) {
    var first = 0
    while first < count {
      var end = first + 1
      while end < count && areEqual(start + first * step, start + end * step) { end += 1 }
      for place in first + reach..<max(first + reach, end - reach) {
        marks[start + place * step] = true
      }
      first = end
    }
  }
}
