import Foundation

/// What one line of a split's list may mean.
struct ListLine {
  /// A stem, and whether the line says that its photograph does not belong to the list.
  struct Reading {
    let stem: String
    let isNegative: Bool
  }

  /// The most literal reading first.
  let readings: [Reading]
  /// What to call the photograph when no reading finds one.
  let plainest: String

  /// - Parameter text: The line without white space around it, not empty.
  init(_ text: String) {
    let spellings = Self.spellings(text)
    readings = spellings.map { Reading(stem: $0, isNegative: false) } + Self.flagged(text)
    let isPath = text.contains("/") || text.contains("\\")
    plainest = isPath ? text : spellings.last ?? text
  }

  /// VOC's lists of one class have a second column: 1 where the photograph shows the class, 0 where it is hard
  /// to see, -1 where it is not.
  private static func flagged(_ text: String) -> [Reading] {
    guard let gap = text.lastIndex(where: \.isWhitespace) else { return [] }
    let flag = text[text.index(after: gap)...]
    guard ["1", "0", "-1"].contains(flag) else { return [] }
    return spellings(text[..<gap].trimmingCharacters(in: .whitespaces)).map {
      Reading(stem: $0, isNegative: flag == "-1")
    }
  }

  private static func spellings(_ text: String) -> [String] {
    // Two paths are a pair of files, of which the second alone must not decide.
    let words = text.split(whereSeparator: \.isWhitespace)
    let paths = words.count { $0.contains("/") || $0.contains("\\") }
    return paths > 1 ? [text] : [text, PhotographName.stem(of: text)]
  }
}
