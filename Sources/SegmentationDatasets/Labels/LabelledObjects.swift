import ImageFiles

/// The objects of label images: those of the instance mask and, of each class, all that belongs to no object.
struct LabelledObjects {
  struct Object {
    /// 0 for what is in no object.
    let instance: UInt8
    let id: UInt8
    let runs: RunLengthMask
  }

  /// In the order of their instances, then of their ids.
  let objects: [Object]
  let size: ImageSize

  /// Reads an image's labels.
  init(_ image: SegmentationDataset.Entry, _ encoding: LabelEncoding) throws(ImageError) {
    self.init(try image.mask.labels(), try image.instances?.labels(), encoding)
  }

  /// Counts the pixels of each object, and of each class without one, in one pass down the columns.
  init(_ mask: LabelImage, _ instances: LabelImage?, _ encoding: LabelEncoding) {
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
    size = mask.size
    objects = counts.sorted { $0.key < $1.key }.map { key, found in
      let rest = place - found.end
      return Object(
        instance: key.instance, id: key.id,
        runs: RunLengthMask(
          width: mask.width, height: mask.height, counts: found.runs + (rest > 0 ? [rest] : [])))
    }
  }

  private struct Key: Hashable, Comparable {
    let instance, id: UInt8

    static func < (a: Key, b: Key) -> Bool { (a.instance, a.id) < (b.instance, b.id) }
  }
}
