import DatasetEvaluation
import Faults
import Foundation
import ImageFiles
import ImageSegmentation
import SegmentationDatasets

/// Where the objects that are compared with a dataset's come from.
protocol InstanceSource {
  /// The objects of an image, with the dataset's classes; those of other classes are left out.
  ///
  /// - Parameter mask: The image's mask, whose size the objects' masks must have.
  func instances(
    of entry: SegmentationDataset.Entry, _ mask: LabelImage
  ) throws -> [FoundInstance]
}

extension InstanceSource {
  /// Compares objects with those of a dataset.
  ///
  /// - Returns: How well they are found, and in how many images that was asked.
  /// - Throws: `CommandError` for a dataset without instances, and what finding objects throws.
  func compare(
    with entries: [SegmentationDataset.Entry], _ classes: ClassList
  ) throws -> (precision: InstancePrecision, images: Int) {
    let report = ProgressReport()
    let known = entries.filter { $0.instances != nil }
    guard let first = known.first else {
      throw CommandError(
        .noInput,
        "this dataset says of no image which pixels are one object. Expected instance masks beside the masks, or "
          + "compare classes alone.")
    }
    if known.count < entries.count {
      Console.note(
        "\(entries.count - known.count) of \(entries.count) images have no instances and are left out; the first that "
          + "has is \(first.stem).")
    }
    var precision = InstancePrecision()
    for (index, entry) in known.enumerated() {
      try StopSignals.check()
      guard let place = entry.instances else { continue }
      let mask = try entry.mask.labels()
      let expected = ExpectedInstance.all(
        in: mask, instances: try place.labels(), encoding: classes.encoding)
      precision.add(try instances(of: entry, mask), expected: expected)
      report.show(
        "image \(index + 1)/\(known.count)", fraction: Double(index + 1) / Double(known.count))
    }
    return (precision, known.count)
  }
}

/// A segmenter that looks at the images.
struct SegmenterInstances: InstanceSource {
  private let segmenter: any InstanceSegmenter
  private let map: ClassMap
  private let classes: ClassList

  /// - Throws: `EvaluationError` where the segmenter's classes are not the dataset's.
  init(_ segmenter: any InstanceSegmenter, for classes: ClassList, classMap: URL?) throws {
    (self.segmenter, self.classes) = (segmenter, classes)
    map = try ClassMap(
      from: segmenter.classes, to: classes, renaming: try classMap.map(ClassMap.names) ?? [:])
  }

  func instances(
    of entry: SegmentationDataset.Entry, _ mask: LabelImage
  ) throws -> [FoundInstance] {
    let image = try Image(contentsOf: entry.image, warn: Console.warning)
    // However unsure: the order alone counts.
    return try segmenter.instances(of: image, threshold: 0).compactMap { object in
      let id = map[object.classID]
      guard classes.names[id] != nil else { return nil }
      return FoundInstance(classID: Int(id), score: Double(object.score), mask: object.mask)
    }
  }
}
