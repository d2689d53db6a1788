import Foundation
import ImageFiles

extension SegmentationDataset {
  /// The same dataset with masks of colours, which are read as ids.
  ///
  /// - Parameter classes: The classes with their colours; the background's and those of ignored ids count too.
  /// - Throws: ``DatasetError`` for two ids of one colour.
  public func readingColours(of classes: ClassList) throws -> SegmentationDataset {
    var ids: [UInt32: UInt8] = [:]
    let meant = classes.ids + [classes.background].compactMap(\.self) + classes.ignored.sorted()
    for id in meant {
      let colour = classes.palette[Int(id)]
      if let other = ids.updateValue(id, forKey: colour.number) {
        throw DatasetError(
          root.path,
          "the ids \(other) and \(id) have one colour (\(colour.red), \(colour.green), \(colour.blue))",
          "Give each class a colour of its own.")
      }
    }
    var copy = self
    copy.entries = entries.map { entry in
      guard case .file(let url) = entry.mask else { return entry }
      return Entry(
        stem: entry.stem, image: entry.image,
        mask: .numbers(url, .table(ids, otherwise: nil)), instances: entry.instances)
    }
    return copy
  }
}
