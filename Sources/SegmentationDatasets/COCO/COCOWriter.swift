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
    contents.annotations += objects(mask, instances).map { key, runs in
      .init(image: id, category: Int(key.id), mask: runs)
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
