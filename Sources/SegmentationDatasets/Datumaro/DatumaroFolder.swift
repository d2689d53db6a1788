import DurableFiles
import Foundation

/// The files of Datumaro in a dataset, each read once.
struct DatumaroFolder: Sendable {
  struct Part: Sendable {
    let file: DatumaroFile
    let url: URL
    /// The subset as the file's name has it.
    let subset: String
  }

  let root: URL
  /// In the order of their names.
  let parts: [Part]

  init(_ root: URL) throws {
    self.root = root
    parts = try Self.files(in: root).map { url in
      Part(
        file: try DatumaroFile(contentsOf: url), url: url,
        subset: url.deletingPathExtension().lastPathComponent)
    }
  }

  /// The files whose beginning is Datumaro's: COCO's have a list of categories.
  static func files(in root: URL) throws -> [URL] {
    let folder = root.appending(path: "annotations")
    let names = ((try? namesInFolder(folder)) ?? nil) ?? []
    return names.filter { $0.hasSuffix(".json") }.sorted().map { folder.appending(path: $0) }
      .filter(isDatumaros)
  }

  private static func isDatumaros(_ url: URL) -> Bool {
    beginning(of: url).contains(/"categories"\s*:\s*\{/)
  }

  /// The parts of a split.
  func parts(of split: String) -> [Part] {
    parts.filter { SplitNames.split(ofSubset: $0.subset) == split }
  }

  /// The labels of the files, which have the same in the same order.
  func labelNames() throws(DatasetError) -> LabelNames {
    guard let first = parts.first else {
      throw DatasetError(root.path, "there are no annotations", "Add some.", isMissing: true)
    }
    let names = first.file.categories.label.labels.map(\.name)
    if let other = parts.first(where: { $0.file.categories.label.labels.map(\.name) != names }) {
      throw DatasetError(
        other.url.path, "this file has other labels than \(first.url.path)",
        "Export all subsets together.")
    }
    return try LabelNames(names, colours: first.file.colours, at: first.url.path)
  }

  /// Finds the photograph of an item: by its number in the folder of images, with the subset or not, or by its path.
  func photograph(of item: DatumaroFile.Item, in part: Part) throws -> URL? {
    let path = (item.image?.path ?? item.media?.path ?? "").replacing("\\", with: "/")
    let end = path.split(separator: "/").last?.split(separator: ".").dropFirst().last.map(
      String.init)
    let ends = ([end].compactMap(\.self) + PhotographName.extensions)
    let names =
      ends.map { "\(item.id).\($0)" } + (path.hasPrefix("/") || path.isEmpty ? [] : [path])
    let safe = names.filter { !$0.hasPrefix("/") && !$0.split(separator: "/").contains("..") }
    let places = ["images/\(part.subset)", "images"].flatMap { folder in
      safe.map { root.appending(path: "\(folder)/\($0)") }
    }
    return try places.first { try isThere($0) }
  }
}
