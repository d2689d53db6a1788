import DurableFiles
import Foundation
import ImageFiles

/// The files of CVAT in a dataset, each read once: one for all subsets, one for each, or one in the folder of each split.
struct CVATFolder: Sendable {
  static let file = "annotations.xml"

  /// The images of a split in a file.
  struct Part: Sendable {
    let file: CVATFile
    let images: [CVATFile.Image]
    /// The folder of the file.
    let folder: URL
  }

  let root: URL
  let files: [CVATFile]
  let parts: [String: [Part]]

  init(_ root: URL) throws {
    self.root = root
    var (files, parts) = ([CVATFile](), [String: [Part]]())
    for (split, url) in try Self.files(in: root) {
      let file = try CVATFile(contentsOf: url)
      files.append(file)
      let subsets = Dictionary(grouping: file.images) {
        split ?? SplitNames.split(ofSubset: $0.subset)
      }
      for (name, images) in subsets {
        parts[name, default: []].append(
          Part(file: file, images: images, folder: url.deletingLastPathComponent()))
      }
    }
    (self.files, self.parts) = (files, parts)
  }

  /// The files and their splits; nil for one that says them itself.
  static func files(in root: URL) throws -> [(split: String?, url: URL)] {
    let whole = root.appending(path: file)
    if try isThere(whole) { return [(nil, whole)] }
    let names = ((try? namesInFolder(root)) ?? nil) ?? []
    let subsets = names.filter { $0.hasSuffix(".xml") }.sorted().map { root.appending(path: $0) }
      .filter(isCVATs)
    if !subsets.isEmpty {
      return subsets.map { url in
        (SplitNames.split(ofSubset: url.deletingPathExtension().lastPathComponent), url)
      }
    }
    return try SplitFolders.names(in: root).sorted().compactMap { split in
      let url = root.appending(path: "\(split)/\(file)")
      return try isThere(url) ? (split, url) : nil
    }
  }

  private static func isCVATs(_ url: URL) -> Bool {
    beginning(of: url).contains("<annotations>")
  }

  /// The labels of all files, in their order.
  func labelNames() throws(DatasetError) -> LabelNames {
    var (names, known) = ([String](), Set<String>())
    for file in files {
      if let twice = Dictionary(grouping: file.labels, by: \.self).first(where: { $1.count > 1 }) {
        throw DatasetError(
          file.url.path, "the label '\(twice.key)' is there twice", "Remove one of them.")
      }
      names += file.labels.filter { known.insert($0).inserted }
    }
    let colours: [String: RGB] = files.reversed().reduce(into: [:]) { $0.merge($1.colours) { $1 } }
    return try LabelNames(names, colours: colours, at: files.first?.url.path ?? root.path)
  }
}

extension CVATFolder.Part {
  /// Finds the photograph of an image: in the folder of images, with the subset or not, or beside the file.
  func photograph(of image: CVATFile.Image) throws -> URL? {
    guard !image.name.hasPrefix("/"), !image.name.split(separator: "/").contains("..") else {
      return nil
    }
    let places = [["images", image.subset], ["images"], [], [image.subset]].map { place in
      folder.appending(
        path: (place + [image.name]).filter { !$0.isEmpty }.joined(separator: "/"))
    }
    return try places.first { try isThere($0) }
  }
}
