import Foundation
import ImageFiles

/// Writes COCO's file of instances from label images.
///
/// An object of the instance mask is an annotation, and so is, of each class, all that belongs to no object: of a dataset
/// without instances, one for each class of an image. Where a thing is told as runs, it is so to the pixel. What is left
/// open, or background, is in no annotation.
struct COCOWriter: Encodable {
  struct Image: Encodable {
    let id: Int
    let file_name: String
    let width, height: Int
  }

  struct Segmentation: Encodable {
    let size: [Int]
    let counts: String
  }

  struct Annotation: Encodable {
    let id, image_id, category_id, iscrowd, area: Int
    let bbox: [Int]
    let segmentation: Segmentation
  }

  struct Category: Encodable {
    let id: Int
    let name: String
  }

  private(set) var images: [Image] = []
  private(set) var annotations: [Annotation] = []
  private let categories: [Category]
  private let encoding: LabelEncoding

  private enum CodingKeys: String, CodingKey { case images, annotations, categories }

  init(_ classes: ClassList) {
    categories = classes.ids.map { Category(id: Int($0), name: classes.name(of: $0)) }
    encoding = classes.encoding
  }

  /// Adds an image with its labels.
  mutating func add(_ file: String, mask: LabelImage, instances: LabelImage?) {
    let id = images.count + 1
    images.append(Image(id: id, file_name: file, width: mask.width, height: mask.height))
    for (key, runs) in objects(mask, instances) {
      let bounds = runs.bounds
      annotations.append(
        Annotation(
          id: annotations.count + 1, image_id: id, category_id: Int(key.id), iscrowd: 0,
          area: runs.area, bbox: [bounds.x, bounds.y, bounds.width, bounds.height],
          segmentation: Segmentation(size: [mask.height, mask.width], counts: runs.text)))
    }
  }

  private struct Key: Hashable, Comparable {
    /// 0 for what is in no object.
    let instance: UInt8
    let id: UInt8

    static func < (a: Key, b: Key) -> Bool { (a.instance, a.id) < (b.instance, b.id) }
  }

  /// The pixels of each object, and of each class without one, in one pass down the columns.
  private func objects(
    _ mask: LabelImage, _ instances: LabelImage?
  ) -> [(key: Key, runs: RunLengthMask)] {
    var counts: [Key: (runs: [Int], end: Int)] = [:]
    var place = 0
    for x in 0..<mask.width {
      for pixel in stride(from: x, to: mask.ids.count, by: mask.width) {
        defer { place += 1 }
        let id = mask.ids[pixel]
        guard encoding.isLabel(id) else { continue }
        let instance = instances.map { $0.ids[pixel] } ?? 0
        let key = Key(instance: LabelEncoding.voc.isLabel(instance) ? instance : 0, id: id)
        let known = counts[key, default: ([], 0)]
        if known.end == place && !known.runs.isEmpty {
          counts[key]?.runs[known.runs.count - 1] += 1
        } else {
          counts[key, default: ([], 0)].runs += [place - known.end, 1]
        }
        counts[key]?.end = place + 1
      }
    }
    return counts.sorted { $0.key < $1.key }.map { key, found in
      let rest = place - found.end
      return (
        key,
        RunLengthMask(
          width: mask.width, height: mask.height, counts: found.runs + (rest > 0 ? [rest] : []))
      )
    }
  }
}
