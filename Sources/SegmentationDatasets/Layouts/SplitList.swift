import DurableFiles
import Foundation

/// The list of a split: a text file with a stem a line.
struct SplitList {
  let file: URL
  private var folder: URL { file.deletingLastPathComponent() }

  init(_ file: URL) { self.file = file }

  /// The stems of the list in its order, without those that are reported as problems.
  ///
  /// A line is a stem, or the name of a file, with folders or not, that has such a stem. Lines of VOC's
  /// lists of one class are read without their second column, and left out where that is -1.
  ///
  /// - Parameter knows: Whether files have this stem.
  func stems(
    knownTo knows: (String) -> Bool, problems: inout [DatasetProblem]
  ) throws -> [String] {
    let lines = try text().split(omittingEmptySubsequences: false) { $0.isNewline }
    var firstLines: [String: Int] = [:]
    var stems: [String] = []
    for (index, line) in lines.enumerated() {
      let content = line.trimmingCharacters(in: .whitespaces)
      if content.isEmpty { continue }
      let line = ListLine(content)
      let known = line.readings.first { knows($0.stem) }
      if known?.isNegative == true { continue }
      let stem = known?.stem ?? line.plainest
      if let complaint = complaint(about: stem, firstLines[stem]) {
        problems.append(
          DatasetProblem(
            stem: stem, place: "\(file.path), line \(index + 1)", found: complaint.found,
            remedy: complaint.remedy))
      } else {
        firstLines[stem] = index + 1
        stems.append(stem)
      }
    }
    if firstLines.isEmpty && problems.isEmpty {
      throw DatasetError(file.path, "the list names no photograph", "Write one stem a line.")
    }
    return stems
  }

  private func complaint(about stem: String, _ first: Int?) -> (found: String, remedy: String)? {
    if let first {
      return ("'\(stem)' stands on line \(first) already", "Remove one of them.")
    }
    guard stem == "." || stem == ".." || stem.contains(where: Self.isUnsafe) else { return nil }
    return ("'\(stem)' is not a plain file name", "Write stems without folders.")
  }

  /// Characters that would lead to another folder or hide in a message.
  private static func isUnsafe(_ character: Character) -> Bool {
    character == "/" || character == "\\"
      || character.unicodeScalars.contains { $0.properties.generalCategory == .control }
  }

  private func text() throws -> String {
    let kind = "the split's list"
    guard let data = try contentsIfThere(of: file, kind, "Check its permissions.") else {
      throw missing()
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw DatasetError(
        file.path, "line \(Self.foreignLine(data)) of the list is not UTF-8 text",
        "Save it as UTF-8; files whose names are not UTF-8 must be renamed.")
    }
    return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
  }

  /// The names of the splits that have a list.
  ///
  /// - Parameter lists: The folder with the lists, below the root.
  static func names(in root: URL, _ lists: String) throws -> [String] {
    try FolderListing(root.appending(path: lists), extensions: ["txt"]).stems
  }

  private func missing() -> DatasetError {
    let names = (try? namesInFolder(folder)) ?? []
    let splits = names.filter { $0.hasSuffix(".txt") }.map { $0.dropLast(4) }
    let remedy = splits.isEmpty ? "Write one stem a line into it." : "There are: "
    return DatasetError(
      file.path, "there is no list of this split", remedy + splits.joined(separator: ", "),
      isMissing: true)
  }

  /// The number of the first line, from 1, that is not UTF-8.
  private static func foreignLine(_ data: Data) -> Int {
    let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return 1 + (lines.firstIndex { String(data: $0, encoding: .utf8) == nil } ?? 0)
  }
}
