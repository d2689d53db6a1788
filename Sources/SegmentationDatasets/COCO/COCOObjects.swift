import Foundation
import ImageFiles

/// The objects of a file of instances, by image.
struct COCOObjects {
  private let url: URL
  private let classes: COCOClasses
  private let annotations: [COCOFile.ID: [COCOFile.Annotation]]

  init(_ file: COCOFile, at url: URL, classes: COCOClasses) throws {
    (self.url, self.classes) = (url, classes)
    annotations = Dictionary(grouping: file.annotations, by: \.image_id)
  }

  /// An object with its place from the front, and the ids that it has in a mask and among the instances.
  private struct Object {
    let shape: DrawnLabels.Shape
    let area: Double
    let id, instance: UInt8
  }

  /// What an image's labels are drawn of: crowds, which are left open, then objects, the largest first.
  func labels(
    of image: COCOFile.Image, _ stem: String, _ problems: inout [DatasetProblem]
  ) throws -> (mask: LabelSource, instances: LabelSource?)? {
    let annotations = annotations[image.id, default: []].filter { $0.segmentation != nil }
    func report(_ found: String, _ remedy: String) {
      problems.append(
        DatasetProblem(
          stem: stem, place: "\(url.path), image '\(image.file_name)'", found: found,
          remedy: remedy))
    }
    guard annotations.count(where: { $0.iscrowd != 1 }) <= LabelNumbers.mostObjects else {
      report("there are \(annotations.count) objects", "An image has room for 254.")
      return nil
    }
    var (objects, number) = ([Object](), 0)
    for annotation in annotations {
      let isCrowd = annotation.iscrowd == 1
      guard let category = annotation.category_id, let id = classes.ids[category] else {
        report(
          "the category \(annotation.category_id.map(String.init) ?? "of an object") is not among the categories",
          "Correct the file.")
        return nil
      }
      guard let shape = annotation.segmentation?.shape, let size = shape.size ?? image.size,
        size == image.size
      else {
        report(
          "a segmentation is neither outlines of three corners or more nor runs that fill the image",
          "Correct the file.")
        return nil
      }
      number += isCrowd ? 0 : 1
      objects.append(
        Object(
          shape: shape, area: isCrowd ? .infinity : annotation.area ?? shape.area,
          id: isCrowd ? 255 : id, instance: isCrowd ? 255 : UInt8(number)))
    }
    let sorted = objects.enumerated().sorted {
      ($1.element.area, $0.offset) < ($0.element.area, $1.offset)
    }.map(\.element)
    func drawn(_ id: KeyPath<Object, UInt8>) -> LabelSource {
      .shapes(
        DrawnLabels(
          size: ImageSize(width: image.width, height: image.height),
          objects: sorted.map { .init($0.shape, id: $0[keyPath: id]) }), in: url)
    }
    return (drawn(\.id), sorted.isEmpty ? nil : drawn(\.instance))
  }
}

extension COCOFile.Image {
  fileprivate var size: ImageSize? { ImageSize(width: width, height: height) }
}

extension DrawnLabels.Shape {
  /// The size of the image that runs fill; nil for outlines.
  fileprivate var size: ImageSize? {
    if case .runs(let mask) = self { return ImageSize(width: mask.width, height: mask.height) }
    return nil
  }

  /// The area, in pixels; of outlines the sum of theirs.
  var area: Double {
    switch self {
    case .runs(let mask): Double(mask.area)
    case .polygons(let polygons): polygons.reduce(0) { $0 + Self.area(of: $1) }
    }
  }

  private static func area(of polygon: [Double]) -> Double {
    var (sum, last) = (0.0, (polygon[polygon.count - 2], polygon[polygon.count - 1]))
    for place in stride(from: 0, to: polygon.count - 1, by: 2) {
      let corner = (polygon[place], polygon[place + 1])
      sum += last.0 * corner.1 - corner.0 * last.1
      last = corner
    }
    return abs(sum) / 2
  }
}
