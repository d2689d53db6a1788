import DatasetEvaluation
import Faults
import Foundation
import ImageFiles
import SegmentationDatasets

/// A file of objects in COCO's format.
struct InstanceFile: InstanceSource {
  private let file: URL
  private let found: [String: [COCOInstances.Annotation]]
  /// The dataset's id for each of the file's classes; nil for one that the dataset has not.
  private let classes: [Int: UInt8]

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - file: As 'segment' writes it, or a list in COCO's format of results, whose images are numbered as their stems,
  ///     and whose classes as the dataset's.
  ///   - entries: The dataset's images.
  ///   - classes: Its classes.
  ///   - classMap: A file of the names that differ.
  /// - Throws: `CommandError` for images that are not the dataset's; `EvaluationError` for such classes.
  init(
    _ file: URL, for entries: [SegmentationDataset.Entry], _ classes: ClassList, classMap: URL?
  ) throws {
    self.file = file
    let contents = try COCOInstances(contentsOf: file)
    let stems = try Self.stems(of: contents, entries, file)
    self.classes = try Self.classes(of: contents, classes, classMap, file)
    found = try Dictionary(grouping: contents.annotations) { annotation in
      guard let stem = stems[annotation.image] else {
        throw CommandError(
          .badData,
          "\(file.path): an object is in image \(annotation.image), which is none of the file's or of the split's. "
            + "Expected images of the same dataset, numbered as they are listed.")
      }
      return stem
    }
  }

  func instances(
    of entry: SegmentationDataset.Entry, _ mask: LabelImage
  ) throws -> [FoundInstance] {
    try (found[entry.stem] ?? []).compactMap { annotation in
      guard annotation.mask.width == mask.width && annotation.mask.height == mask.height else {
        throw CommandError(
          .badData,
          "\(file.path): an object of \(entry.stem) has a mask of \(annotation.mask.width)×\(annotation.mask.height) "
            + "pixels, the image's mask \(mask.size).")
      }
      guard let id = classes[annotation.category] else { return nil }
      return FoundInstance(
        classID: Int(id), score: annotation.score ?? 1, mask: annotation.mask)
    }
  }

  /// The stem of each image by its number in the file.
  private static func stems(
    of contents: COCOInstances, _ entries: [SegmentationDataset.Entry], _ file: URL
  ) throws -> [Int: String] {
    if contents.images.isEmpty {
      let numbers = entries.compactMap { entry in
        Int(entry.stem.filter(\.isNumber)).map { ($0, entry.stem) }
      }
      return Dictionary(numbers) { first, _ in first }
    }
    let stems = Dictionary(
      contents.images.map { ($0.id, PhotographName.stem(of: $0.fileName)) }
    ) { first, _ in first }
    let listed = Set(stems.values)
    let missing = entries.filter { !listed.contains($0.stem) }
    guard let first = missing.first else { return stems }
    throw CommandError(
      .badData,
      "\(file.path): of \(entries.count) images of the split, \(missing.count) are not in this file, such as "
        + "\(first.stem). Expected each of them under 'images', also those in which nothing was found."
    )
  }

  private static func classes(
    of contents: COCOInstances, _ classes: ClassList, _ classMap: URL?, _ file: URL
  ) throws -> [Int: UInt8] {
    guard !contents.categories.isEmpty else {
      for id in Set(contents.annotations.map(\.category)).sorted() {
        guard let own = UInt8(exactly: id), classes.names[own] != nil else {
          throw CommandError(
            .badData,
            "\(file.path): there are objects of class \(id), which the dataset has not, and no list of categories that "
              + "names it.")
        }
      }
      return Dictionary(uniqueKeysWithValues: classes.ids.map { (Int($0), $0) })
    }
    let categories = contents.categories
    guard categories.count <= 255 else {
      throw CommandError(
        .badData, "\(file.path): \(categories.count) categories, but masks have ids for 255.")
    }
    let map = try ClassMap(
      from: categories.map(\.name), to: classes,
      renaming: try classMap.map(ClassMap.names) ?? [:])
    let ids = categories.enumerated().map { ($0.element.id, map[$0.offset]) }
      .filter { classes.names[$0.1] != nil }
    return Dictionary(ids) { first, _ in first }
  }
}
