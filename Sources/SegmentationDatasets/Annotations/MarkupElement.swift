import Foundation

/// An element of an XML file, with what is in it.
struct MarkupElement: Sendable {
  let name: String
  let attributes: [String: String]
  /// Where it begins, counted from 1.
  let line: Int
  /// What is written in it, outside of its own elements.
  var text = ""
  var children: [MarkupElement] = []

  /// The elements of a name in it.
  func all(_ name: String) -> [MarkupElement] { children.filter { $0.name == name } }

  /// The first element at a path in it.
  func first(_ path: String...) -> MarkupElement? {
    path.reduce(self as MarkupElement?) { element, name in element?.all(name).first }
  }

  /// An attribute as a number.
  func number(_ attribute: String) -> Double? { attributes[attribute].flatMap(Double.init) }

  /// An attribute as a whole number.
  func integer(_ attribute: String) -> Int? { attributes[attribute].flatMap { Int($0) } }
}
