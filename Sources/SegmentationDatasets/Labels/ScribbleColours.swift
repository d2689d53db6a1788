import DurableFiles
import Faults
import Foundation
import ImageFiles

/// Which colours of scribbles are which classes.
///
/// What nobody has scribbled on is white, has the colour of the open id or, where neither is there, is black: a background
/// that is black, as VOC's, can then not be told from it.
public struct ScribbleColours: Sendable, Hashable {
  private let ids: [UInt32: UInt8]
  private let palette: [RGB]
  private let background: UInt8?
  private let ignored: Set<UInt8>
  /// What a pixel without a scribble is.
  private let open: UInt8

  private static let (black, white) = (RGB(0, 0, 0).number, RGB(255, 255, 255).number)

  /// Takes the colours of a list's classes.
  ///
  /// - Throws: ``DatasetError`` for a list that leaves no id open.
  init(of classes: ClassList) throws(DatasetError) {
    guard let open = classes.ignored.max() else {
      throw DatasetError(
        "the list of classes", "no id is left open, and most pixels have no scribble",
        "Give a list in which an id, such as 255, is ignored.")
    }
    let named = classes.ids + [classes.background].compactMap(\.self)
    ids = Dictionary(named.map { (classes.palette[Int($0)].number, $0) }) { first, _ in first }
    (palette, background, ignored) = (classes.palette, classes.background, classes.ignored)
    self.open = open
  }

  /// The labels in a file of ids or of colours; those of colours have the file's own as their palette.
  ///
  /// - Throws: `ImageError` for colours that are no class's, and where nothing is scribbled.
  func labels(in file: Data, named name: String) throws(ImageError) -> LabelImage {
    let labels =
      try NumberImage.areColours(in: file, name: name)
      ? ids(of: NumberImage(decoding: file, name: name), name)
      : LabelImage(decoding: file, name: name)
    try requireScribbles(in: labels, name)
    return labels
  }

  /// Whether a file has colours instead of ids.
  func isNeeded(for file: Data, named name: String) throws(ImageError) -> Bool {
    try NumberImage.areColours(in: file, name: name)
  }

  /// Makes sure that something is scribbled.
  func requireScribbles(in labels: LabelImage, _ name: String) throws(ImageError) {
    if labels.ids.contains(where: { !ignored.contains($0) }) { return }
    throw ImageError(
      .badData, file: name, found: "the scribbles are empty: no pixel has a class",
      remedy: "Draw some, or take the image off the list.")
  }

  private func ids(of image: NumberImage, _ name: String) throws(ImageError) -> LabelImage {
    let table = table(for: Set(image.numbers))
    var palette = palette
    var ids = [UInt8](repeating: open, count: image.numbers.count)
    for (pixel, number) in image.numbers.enumerated() {
      guard let id = table[number] else {
        let colour = RGB(number: number)
        throw ImageError(
          .badData, file: name,
          found:
            "the colour (\(colour.red), \(colour.green), \(colour.blue)) at (\(pixel % image.width), "
            + "\(pixel / image.width)) is no class's",
          remedy:
            "Draw scribbles in the classes' colours without smoothed edges, or save their ids, with \(open) where "
            + "there is none.")
      }
      ids[pixel] = id
      palette[Int(id)] = RGB(number: number)
    }
    return LabelImage(width: image.width, height: image.height, ids: ids, palette: palette)
  }

  /// The id of each colour in a file that shows some.
  private func table(for found: Set<UInt32>) -> [UInt32: UInt8] {
    let signs = [palette[Int(open)].number, Self.white].filter { ids[$0] == nil }
    let table = ids.merging(signs.map { ($0, open) }) { known, _ in known }
    let isMarked = signs.contains { found.contains($0) }
    let isFree = table[Self.black] == nil || table[Self.black] == background
    return isMarked || !isFree ? table : table.merging([Self.black: open]) { $1 }
  }
}
