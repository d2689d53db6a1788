public import ImageFiles
public import SegmentationDatasets

extension ExpectedInstance {
  /// The objects of a mask: what has one class and one number.
  ///
  /// - Parameters:
  ///   - mask: The class of each pixel.
  ///   - instances: The object that each pixel belongs to, of the mask's size; 0 and 255 are none.
  ///   - encoding: Which ids name no class.
  /// - Returns: In the order of ids, then of numbers.
  public static func all(
    in mask: LabelImage, instances: LabelImage, encoding: LabelEncoding
  ) -> [ExpectedInstance] {
    precondition(
      instances.size == mask.size,
      "ExpectedInstance: instances of \(instances.size) pixels for a mask of \(mask.size)")
    var keys: Set<[UInt8]> = []
    for (id, number) in zip(mask.ids, instances.ids)
    where encoding.isLabel(id) && LabelEncoding.voc.isLabel(number) {
      keys.insert([id, number])
    }
    return keys.sorted { $0.lexicographicallyPrecedes($1) }.map { key in
      ExpectedInstance(
        classID: Int(key[0]),
        mask: RunLengthMask(width: mask.width, height: mask.height) { x, y in
          let pixel = y * mask.width + x
          return mask.ids[pixel] == key[0] && instances.ids[pixel] == key[1]
        })
    }
  }
}
