import Foundation
public import ImageFiles

extension VOCDataset {
  /// Reads a photograph, upright, and its mask.
  ///
  /// - Throws: ``ImageError`` when a file is damaged or the mask is not one; ``DatasetError`` when
  ///   the two do not fit each other or the mask holds ids beyond the class list.
  public func load(_ entry: Entry) throws -> (image: Image, mask: LabelImage) {
    let image = try Image(contentsOf: entry.image)
    let mask = try LabelImage(contentsOf: entry.mask)
    try check(mask, of: entry, against: image.size)
    return (image, mask)
  }

  func check(_ mask: LabelImage, of entry: Entry, against photograph: ImageSize) throws {
    guard mask.size == photograph else {
      throw DatasetError(
        entry.mask.path, "the mask has \(mask.size) pixels, its photograph \(photograph)",
        "Make the mask anew at the photograph's upright size; Exif's orientation counts.")
    }
    let found = mask.classes
    let labelled = found.subtracting([ClassList.background, ClassList.border])
    if labelled.isEmpty && found.contains(ClassList.border) {
      throw DatasetError(
        entry.mask.path,
        "the mask holds only 255\(found.contains(0) ? " and 0" : ""), so no class: 255 is the "
          + "border and 0 the background", "If 255 marks the object, write its class id instead.")
    }
    let unknown = labelled.filter { classes.names[$0] == nil }.sorted()
    guard unknown.isEmpty else {
      let shown = unknown.prefix(8).map(String.init).joined(separator: ", ")
      throw DatasetError(
        entry.mask.path,
        "the mask holds \(unknown.count > 8 ? "\(unknown.count) ids" : "ids") beyond the class list "
          + "(\(shown)\(unknown.count > 8 ? " …" : ""))",
        "Give a list with all classes (--classes FILE), or correct the mask.")
    }
  }
}
