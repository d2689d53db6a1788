public import Foundation

/// Two folders with a folder for each split: `<images>/<split>/<stem>.jpg` and `<masks>/<split>/<stem>.png`.
public struct PlainSplitFolders: Sendable {
  let images: String
  let masks: String
  /// What splits are called in paths where that is not their name.
  var folderNames: [String: String] = [:]

  /// What a split's folders are called.
  func folder(_ split: String) -> String { folderNames[split, default: split] }

  /// The names of the splits that have a folder.
  func splits(in root: URL) throws -> [String] {
    let names = Dictionary(uniqueKeysWithValues: folderNames.map { ($1, $0) })
    return try SplitFolders.names(in: root.appending(path: images)).map { names[$0, default: $0] }
  }

  /// The entries of a split, by its name or its folder's.
  func entries(
    of split: String?, in root: URL, problems: inout [DatasetProblem]
  ) throws -> [SegmentationDataset.Entry] {
    let split = split.map { split in folderNames.first { $0.value == split }?.key ?? split }
    let folders = SplitFolders(root: root, imageFolder: { "\(images)/\(folder($0))" }) { split in
      func listing(_ path: String, _ extensions: [String]) throws -> FolderListing {
        try FolderListing(
          root.appending(path: "\(path)/\(folder(split))"), extensions: extensions)
      }
      return PairedFolders(
        images: try listing(images, PhotographName.extensions),
        masks: [try listing(masks, ["png"])],
        instances: nil)
    }
    return try folders.entries(of: split, among: splits(in: root), problems: &problems)
  }
}

/// A layout of two folders with a folder for each split, and of lists `splits/<split>.txt` beside them.
public protocol SplitFolderLayout: DatasetLayout {
  /// The folders.
  var folders: PlainSplitFolders { get }
}

extension SplitFolderLayout {
  /// The names of the folders.
  public func splits(in root: URL) throws -> [String] { try folders.splits(in: root) }

  /// Finds the files of a split's folder or list.
  public func entries(
    of split: String?, in root: URL, problems: inout [DatasetProblem]
  ) throws -> [SegmentationDataset.Entry] {
    try folders.entries(of: split, in: root, problems: &problems)
  }

  /// `<images>/<split>/<stem>.<extension>`.
  public func imagePath(of stem: String, in split: String, pathExtension: String) -> String {
    "\(folders.images)/\(folders.folder(split))/\(stem).\(pathExtension)"
  }

  /// `<masks>/<split>/<stem>.png`.
  public func maskPath(of stem: String, in split: String) -> String {
    "\(folders.masks)/\(folders.folder(split))/\(stem).png"
  }

  /// nil: there are no instances.
  public func instancesPath(of stem: String, in split: String) -> String? { nil }

  /// `splits/<split>.txt`.
  public func listPath(of split: String) -> String { SplitFolders.listPath(of: split) }
}
