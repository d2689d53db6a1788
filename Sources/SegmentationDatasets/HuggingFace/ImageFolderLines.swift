import DurableFiles
import Foundation

/// The lines of a `metadata.jsonl`.
struct ImageFolderLines {
  let file: URL

  private static let maskKeys = ["mask", "label", "annotation", "segmentation"].flatMap {
    ["\($0)_file_name", $0]
  }
  private static let instanceKeys = ["instances_file_name", "instances"]

  /// Whether the first line names a mask: others are captions' or of another kind.
  var nameMasks: Bool {
    get throws {
      let first = try lines().first.map { Self.object($0.text) }
      return first.map { $0?.mask != nil } ?? false
    }
  }

  private struct Names {
    let image: String
    let mask, instances: String?
  }

  private static func object(_ line: String) -> Names? {
    guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
      let image = object["file_name"] as? String
    else { return nil }
    func path(_ keys: [String]) -> String? { keys.lazy.compactMap { object[$0] as? String }.first }
    return Names(image: image, mask: path(maskKeys), instances: path(instanceKeys))
  }

  private func lines() throws -> [(number: Int, text: String)] {
    let data = try contents(of: file, "the list", "Check its permissions.")
    guard let text = String(data: data, encoding: .utf8) else {
      throw DatasetError(file.path, "the list is not UTF-8 text", "Save it as UTF-8.")
    }
    return text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
      .map { ($0.offset + 1, $0.element.trimmingCharacters(in: .whitespaces)) }
      .filter { !$0.1.isEmpty }
  }

  /// The images and their masks.
  ///
  /// - Parameter folder: Where paths begin; none may lead out of the dataset.
  func entries(
    in folder: URL, problems: inout [DatasetProblem]
  ) throws -> [SegmentationDataset.Entry] {
    let lines = try lines()
    guard !lines.isEmpty else {
      throw DatasetError(file.path, "the list names no photograph", "Write a line for each.")
    }
    var stems: Set<String> = []
    return try lines.compactMap { line in
      func report(_ found: String, _ remedy: String, isMissing: Bool = false) {
        problems.append(
          DatasetProblem(
            stem: Self.object(line.text).map { PhotographName.stem(of: $0.image) },
            place: "\(file.path), line \(line.number)", found: found, remedy: remedy,
            isMissing: isMissing))
      }
      guard let names = Self.object(line.text), let mask = names.mask else {
        report("this names no image and its mask", "Expected file_name and mask_file_name.")
        return nil
      }
      let paths = [names.image, mask] + [names.instances].compactMap(\.self)
      guard paths.allSatisfy({ !$0.hasPrefix("/") && !$0.split(separator: "/").contains("..") })
      else {
        report("a path leads out of the folder", "Write paths below the folder of the list.")
        return nil
      }
      let stem = PhotographName.stem(of: names.image)
      guard stems.insert(stem).inserted else {
        report("'\(stem)' stands there already", "Remove one of them.")
        return nil
      }
      let urls = paths.map { folder.appending(path: $0) }
      if let missing = try urls.first(where: { try !isThere($0) }) {
        report("there is no \(missing.path)", "Add it, or remove the line.", isMissing: true)
        return nil
      }
      return SegmentationDataset.Entry(
        stem: stem, image: urls[0], mask: urls[1], instances: urls.dropFirst(2).first)
    }
  }

  /// The lines for images and masks below a folder.
  static func data(for images: [SegmentationDataset.Entry], in folder: URL) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    func path(_ url: URL) -> String { url.path.replacing(folder.path + "/", with: "") }
    return try images.reduce(into: Data()) { lines, image in
      var names = ["file_name": path(image.image), "mask_file_name": path(image.mask.url)]
      names["instances_file_name"] = image.instances.map { path($0.url) }
      lines += try encoder.encode(names) + Data("\n".utf8)
    }
  }
}
