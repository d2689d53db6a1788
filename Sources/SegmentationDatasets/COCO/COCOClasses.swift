import Foundation

/// Which id of a mask stands for which category.
struct COCOClasses {
  /// The mask's ids by the categories'.
  let ids: [Int: UInt8]
  let classes: ClassList
  /// The categories whose objects are counted.
  let things: Set<Int>

  /// Takes the categories' own numbers where they are all 1 … 254, as COCO's are; else numbers them from 1 in their
  /// order.
  ///
  /// - Throws: ``DatasetError`` for more categories than a mask has ids, or two of one name.
  init(_ file: COCOFile, at url: URL, encoding: LabelEncoding) throws {
    let categories = file.categories.sorted { $0.id < $1.id }
    guard (1...254).contains(categories.count) else {
      throw DatasetError(
        url.path, "there are \(categories.count) categories", "A mask has room for 1 to 254.")
    }
    let areIDs = categories.allSatisfy { (1...254).contains($0.id) }
    var (ids, names) = ([Int: UInt8](), [UInt8: String]())
    for (place, category) in categories.enumerated() {
      let id = UInt8(areIDs ? category.id : place + 1)
      guard ids.updateValue(id, forKey: category.id) == nil else {
        throw DatasetError(
          url.path, "the category \(category.id) is there twice", "Remove one of them.")
      }
      names[id] = category.name
    }
    self.ids = ids
    classes = ClassList(names: names, encoding: encoding)
    things = Set(categories.filter { $0.isthing != 0 }.map(\.id))
  }
}
