import Faults
import ImageFiles

/// What the numbers of a PNG stand for where they are no ids themselves.
public enum LabelNumbers: Sendable, Hashable {
  /// Each number stands for an id; `otherwise` is what all others stand for, or nil where none may be there.
  case table([UInt32: UInt8], otherwise: UInt8?)
  /// Numbers from 1000 on are objects, class · 1000 + number as Cityscapes has them, which are numbered from 1 within
  /// the image; smaller ones, and objects of the classes that are left out, are none.
  case objects(leavingOut: Set<UInt32>)

  /// Whether a larger dataset of the same layout has the file as it is: nothing beside it is needed to read it.
  var areKept: Bool {
    if case .objects = self { return true }
    return false
  }

  /// How many objects an instance mask has room for: 255 stands for none that can be told.
  static let mostObjects = 254

  /// The ids of an image.
  ///
  /// - Parameter name: What to call the file in an error.
  /// - Throws: `ImageError` for numbers that stand for nothing, and for more objects than ids.
  func labels(in image: NumberImage, of name: String) throws(ImageError) -> LabelImage {
    let table = try table(for: image, name)
    var last: (number: UInt32, id: UInt8)?
    let ids = image.numbers.map { number in
      // Neighbours are mostly the same.
      if let last, last.number == number { return last.id }
      let id = table[number, default: 0]
      last = (number, id)
      return id
    }
    return LabelImage(width: image.width, height: image.height, ids: ids)
  }

  /// The id of every number in an image.
  private func table(
    for image: NumberImage, _ name: String
  ) throws(ImageError) -> [UInt32: UInt8] {
    let found = Set(image.numbers)
    switch self {
    case .table(let table, let otherwise):
      let unknown = found.subtracting(table.keys).sorted()
      guard let otherwise else {
        guard let first = unknown.first else { return table }
        throw ImageError(
          .badData, file: name,
          found: "\(unknown.count) numbers of this PNG stand for no class, \(first) for one",
          remedy: "Correct the mask, or the list that says what its numbers are.")
      }
      return table.merging(unknown.map { ($0, otherwise) }) { known, _ in known }
    case .objects(let leftOut):
      let objects = found.filter { $0 >= 1000 && !leftOut.contains($0 / 1000) }.sorted()
      guard objects.count <= Self.mostObjects else {
        throw ImageError(
          .badData, file: name,
          found: "there are \(objects.count) objects, more than \(Self.mostObjects)",
          remedy: "Take the image out of the split.")
      }
      return Dictionary(uniqueKeysWithValues: zip(objects, 1...))
    }
  }
}
