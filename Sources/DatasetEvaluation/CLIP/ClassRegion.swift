public import ImageFiles
public import SegmentationDatasets

/// The smallest box around a class's pixels in an image, or around those of one of its objects.
public struct ClassRegion: Sendable, Hashable {
  /// The class's id.
  public let id: UInt8
  /// The first column and row, in pixels.
  public let x, y: Int
  /// The extent, in pixels.
  public let width, height: Int

  /// The part of an image that lies in the box.
  ///
  /// - Parameter image: Of the mask's size.
  public func crop(_ image: Image) -> Image {
    image.cropped(x: x, y: y, width: width, height: height)
  }

  /// The boxes of a mask: around each class or, where there are instances, around each of them.
  ///
  /// - Parameters:
  ///   - mask: The class of each pixel.
  ///   - instances: The object that each pixel belongs to, of the mask's size; nil where there are none.
  ///   - encoding: Which ids name no class.
  /// - Returns: In the order of ids, then of instances.
  public static func all(
    in mask: LabelImage, instances: LabelImage? = nil, encoding: LabelEncoding
  ) -> [ClassRegion] {
    precondition(
      instances.map { $0.size == mask.size } ?? true,
      "ClassRegion: instances of another size than the mask's \(mask.size)")
    var boxes: [Key: Box] = [:]
    for (pixel, id) in mask.ids.enumerated() where encoding.isLabel(id) {
      let instance = instances?.ids[pixel] ?? 1
      guard LabelEncoding.voc.isLabel(instance) else { continue }
      boxes[Key(id: id, instance: instance), default: Box()].add(
        x: pixel % mask.width, y: pixel / mask.width)
    }
    return boxes.sorted { $0.key < $1.key }.map { key, box in
      ClassRegion(
        id: key.id, x: box.left, y: box.top, width: box.right - box.left + 1,
        height: box.bottom - box.top + 1)
    }
  }

  private struct Key: Hashable, Comparable {
    let id, instance: UInt8

    static func < (a: Key, b: Key) -> Bool { (a.id, a.instance) < (b.id, b.instance) }
  }

  private struct Box {
    var (left, top) = (Int.max, Int.max)
    var (right, bottom) = (0, 0)

    mutating func add(x: Int, y: Int) {
      (left, right) = (min(left, x), max(right, x))
      (top, bottom) = (min(top, y), max(bottom, y))
    }
  }
}
