import DurableFiles
import Foundation

/// The files of labelme in a dataset, each read once.
struct LabelMeFolder: Sendable {
  struct Annotated: Sendable {
    let url: URL
    let file: Result<LabelMeFile, DatasetError>
  }

  let root: URL
  /// By splits: the folders, or the one folder as `train`.
  let files: [String: [Annotated]]

  init(_ root: URL) throws {
    self.root = root
    files = try Self.folders(in: root).mapValues { folder in
      try Self.names(in: folder).map { name in
        let url = folder.appending(path: name)
        return Annotated(
          url: url, file: Result { () throws(DatasetError) in try LabelMeFile(contentsOf: url) })
      }
    }
  }

  /// The folders with files of labelme, by their splits.
  static func folders(in root: URL) throws -> [String: URL] {
    let splits = try SplitFolders.names(in: root).filter {
      try isLabelMes(root.appending(path: $0))
    }
    if splits.isEmpty { return try isLabelMes(root) ? ["train": root] : [:] }
    return Dictionary(uniqueKeysWithValues: splits.map { ($0, root.appending(path: $0)) })
  }

  /// Whether one of the first files of a folder is labelme's.
  private static func isLabelMes(_ folder: URL) throws -> Bool {
    try names(in: folder).prefix(4).contains {
      (try? LabelMeFile(contentsOf: folder.appending(path: $0))) != nil
    }
  }

  private static func names(in folder: URL) throws -> [String] {
    let names = ((try? namesInFolder(folder)) ?? nil) ?? []
    return names.filter { $0.hasSuffix(".json") && $0 != ClassList.file }.sorted()
  }

  /// The labels of all shapes, sorted.
  var names: [String] {
    let files = files.values.joined().compactMap { try? $0.file.get() }
    return Set(files.flatMap { $0.shapes.map(\.label) }).sorted()
  }

  /// The photograph that a file names: in its own folder, or elsewhere in the dataset.
  func photograph(of file: LabelMeFile, at url: URL) throws -> URL? {
    let parts = file.imagePath.split { $0 == "/" || $0 == "\\" }.map(String.init)
    guard let name = parts.last, name != ".." else { return nil }
    let folder = url.deletingLastPathComponent()
    let named = folder.appending(path: parts.joined(separator: "/")).standardizedFileURL
    let inside = root.standardizedFileURL.path + "/"
    return try [folder.appending(path: name), named].first {
      try $0.standardizedFileURL.path.hasPrefix(inside) && isThere($0)
    }
  }
}
