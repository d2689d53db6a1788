import Foundation
import ImageFiles

/// Makes COCO's instances of label images.
///
/// An object of the instance mask is an annotation, and so is, of each class, all that belongs to no object: of a dataset
/// without instances, one for each class of an image. Where a thing is told as runs, it is so to the pixel. What is left
/// open, or background, is in no annotation.
struct COCOWriter {
  /// What was added so far.
  private(set) var contents: COCOInstances
  private let encoding: LabelEncoding

  init(_ classes: ClassList) {
    contents = COCOInstances(
      images: [],
      categories: classes.ids.map { .init(id: Int($0), name: classes.name(of: $0)) },
      annotations: [])
    encoding = classes.encoding
  }

  /// Adds an image with its labels.
  mutating func add(_ file: String, mask: LabelImage, instances: LabelImage?) {
    let id = contents.images.count + 1
    contents.images.append(.init(id: id, fileName: file, width: mask.width, height: mask.height))
    contents.annotations += LabelledObjects(mask, instances, encoding).objects.map {
      .init(image: id, category: Int($0.id), mask: $0.runs)
    }
  }
}
