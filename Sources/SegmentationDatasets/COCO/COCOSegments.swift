import Foundation
import ImageFiles

/// The segments of a panoptic file, by image.
struct COCOSegments {
  private let url: URL
  private let classes: COCOClasses
  private let annotations: [COCOFile.ID: COCOFile.Annotation]
  private let folders: [URL]

  /// - Parameter folders: Where the PNGs may be, the likeliest first.
  init(_ file: COCOFile, at url: URL, classes: COCOClasses, folders: [URL]) {
    (self.url, self.classes) = (url, classes)
    self.folders = folders.filter(\.hasDirectory)
    annotations = Dictionary(file.annotations.map { ($0.image_id, $0) }) { first, _ in first }
  }

  /// Where an image's labels are, and what their numbers stand for.
  func labels(
    of image: COCOFile.Image, _ stem: String, _ problems: inout [DatasetProblem]
  ) throws -> (mask: LabelSource, instances: LabelSource?)? {
    func report(_ found: String, _ remedy: String, isMissing: Bool = false) {
      problems.append(
        DatasetProblem(
          stem: stem, place: "\(url.path), image '\(image.file_name)'", found: found,
          remedy: remedy, isMissing: isMissing))
    }
    guard let annotation = annotations[image.id], let name = annotation.file_name,
      let segments = annotation.segments_info, !name.split(separator: "/").contains("..")
    else {
      report("there are no segments of it", "Correct the file.")
      return nil
    }
    let places = folders.map { $0.appending(path: name) }
    guard let png = try places.first(where: { try isThere($0) }) else {
      report(
        "there is no '\(name)' in \(folders.first?.path ?? "the folder of its segments")",
        "Add it, or take the image out of the file.", isMissing: true)
      return nil
    }
    if let stray = segments.first(where: { classes.ids[$0.category_id] == nil }) {
      report("the category \(stray.category_id) is not among the categories", "Correct the file.")
      return nil
    }
    guard segments.allSatisfy({ (1..<1 << 24).contains($0.id) }) else {
      report("a segment's number is none of 1 … 16777215", "Correct the file.")
      return nil
    }
    return labels(png, segments)
  }

  private func labels(
    _ png: URL, _ segments: [COCOFile.Segment]
  ) -> (mask: LabelSource, instances: LabelSource?) {
    var (ids, instances, number) = ([UInt32: UInt8](), [UInt32: UInt8](), UInt8(0))
    ids[0] = 255
    for segment in segments {
      ids[UInt32(segment.id)] = classes.ids[segment.category_id]
      guard classes.things.contains(segment.category_id) else { continue }
      let isTold = segment.iscrowd != 1 && number < LabelNumbers.mostObjects
      number += isTold ? 1 : 0
      instances[UInt32(segment.id)] = isTold ? number : 255
    }
    return (
      .numbers(png, .table(ids, otherwise: nil)),
      number == 0 ? nil : .numbers(png, .table(instances, otherwise: 0))
    )
  }
}
