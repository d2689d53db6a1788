import Foundation
import ImageFiles

/// One class as a file gives it.
struct ClassEntry {
  /// Such as `line 3`.
  let place: String
  let id: Int?
  let name: String
  var colour: RGB?

  /// Whether the name says that pixels with this id belong to no class.
  var isBackground: Bool { isCalledBackground || Self.leftOver.contains(word) }

  /// Whether it is the background by its very name.
  var isCalledBackground: Bool { word == "background" }

  /// Whether the name says that the class of pixels with this id is left open.
  var isCalledIgnored: Bool { ["void", "ignore", "ignored"].contains(word) }

  /// Whether it is labelme's name for the id -1, which is 255 in a mask.
  var isLabelmesIgnored: Bool { name == "__ignore__" }

  private var word: String {
    name.lowercased().trimmingCharacters(in: CharacterSet(charactersIn: "_"))
  }

  /// What datasets call the pixels that nobody labelled.
  private static let leftOver = ["unlabeled", "unlabelled", "other", "void", "ignore"]
}
