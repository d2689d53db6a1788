import Foundation

/// Where VOC keeps its files.
struct VOCLayout {
  let root: URL

  var images: URL { root.appending(path: "JPEGImages") }
  var masks: URL { root.appending(path: "SegmentationClass") }
  private var lists: URL { root.appending(path: "ImageSets/Segmentation") }

  func list(_ split: String) -> URL { lists.appending(path: "\(split).txt") }

  /// The folder with `JPEGImages` at or below a folder, as archives and programs lay it out.
  static func findRoot(in folder: URL) throws -> URL {
    let years = ["VOC2012", "VOC2007"]
    let inside = [""] + years + years.map { "VOCdevkit/\($0)" }
    let candidates = inside.map { $0.isEmpty ? folder : folder.appending(path: $0) }
    if let root = candidates.first(where: { exists($0.appending(path: "JPEGImages")) }) {
      return root
    }
    throw DatasetError(
      folder.path, exists(folder) ? "there is no folder JPEGImages" : "the folder does not exist",
      "Give the folder that holds JPEGImages, SegmentationClass and ImageSets/Segmentation.",
      isMissing: true)
  }

  func image(_ stem: String) -> URL? {
    ["jpg", "jpeg", "png", "JPG", "JPEG", "PNG"].lazy
      .map { images.appending(path: "\(stem).\($0)") }
      .first(where: Self.exists)
  }

  func mask(_ stem: String) -> URL? {
    let mask = masks.appending(path: "\(stem).png")
    return Self.exists(mask) ? mask : nil
  }

  /// The stems of a list, without those that are reported as problems.
  func stems(of split: String, problems: inout [String]) throws -> [String] {
    let file = list(split)
    let lines = try readList(split).split(omittingEmptySubsequences: false) { $0.isNewline }
    var firstLines: [String: Int] = [:]
    var stems: [String] = []
    for (index, line) in lines.enumerated() {
      let stem = line.trimmingCharacters(in: .whitespaces)
      let place = "\(file.path), line \(index + 1)"
      if stem.isEmpty { continue }
      if let first = firstLines[stem] {
        problems.append("\(place): '\(stem)' stands on line \(first) already. Remove one of them.")
      } else if stem == "." || stem == ".." || stem.contains(where: Self.isUnsafe) {
        problems.append(
          "\(place): '\(stem)' is not a plain file name. Write stems without folders.")
      } else {
        firstLines[stem] = index + 1
        stems.append(stem)
      }
    }
    if stems.isEmpty && problems.isEmpty {
      throw DatasetError(file.path, "the list names no photograph", "Write one stem a line.")
    }
    return stems
  }

  private func readList(_ split: String) throws -> String {
    let file = list(split)
    guard let data = try? Data(contentsOf: file) else {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: lists.path)) ?? []
      let splits = names.filter { $0.hasSuffix(".txt") }.map { $0.dropLast(4) }.sorted()
      let remedy = splits.isEmpty ? "Write one stem a line into it." : "There are: "
      throw DatasetError(
        file.path, "the split's list cannot be read", remedy + splits.joined(separator: ", "),
        isMissing: true)
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw DatasetError(file.path, "the list is not UTF-8 text", "Save it as UTF-8.")
    }
    return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
  }

  /// Characters that would lead to another folder or hide in a message.
  private static func isUnsafe(_ character: Character) -> Bool {
    character == "/" || character == "\\"
      || character.unicodeScalars.contains { $0.properties.generalCategory == .control }
  }

  private static func exists(_ url: URL) -> Bool {
    FileManager.default.fileExists(atPath: url.path)
  }
}
