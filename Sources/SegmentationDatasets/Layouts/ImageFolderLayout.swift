import DurableFiles
public import Foundation

/// Hugging Face's `imagefolder`: a line of JSON for each image, which names its file and its mask's.
///
///     <split>/metadata.jsonl        {"file_name": "a.jpg", "mask_file_name": "masks/a.png"}, paths from its own folder
///     <split>/<file>                the images, and the masks, one class id a pixel
///     lists/<name>.jsonl            the same for lists that are no folders, paths from the dataset's folder
///     classes.json, id2label.json   what the ids mean (``ClassList/beside(_:encoding:)``)
///
/// The mask may also stand under `mask`, `label` or `annotation`, with `_file_name` after it or not, and an instance mask
/// under `instances`.
public struct ImageFolderLayout: DatasetLayout {
  private static let file = "metadata.jsonl"
  private static let folders = ["train", "val", "validation", "test"]

  /// `imagefolder`.
  public let name = "imagefolder"

  /// The layout.
  public init() {}

  /// Those of a list in the folder.
  public func classes(in root: URL, of split: String?) throws -> ClassList? { try .beside(root) }

  /// The folder whose folders have lines.
  public func root(in folder: URL) throws -> URL {
    guard try splits(in: folder).isEmpty, try masks(in: folder).isEmpty else { return folder }
    throw DatasetError(
      folder.path,
      try isThere(folder) ? "there is no folder with \(Self.file)" : "the folder does not exist",
      "Give the folder that holds train/\(Self.file).", isMissing: true)
  }

  /// The folders with lines that name masks.
  public func splits(in root: URL) throws -> [String] {
    try SplitFolders.names(in: root).filter { split in
      let lines = ImageFolderLines(file: root.appending(path: "\(split)/\(Self.file)"))
      return try isThere(lines.file) && lines.nameMasks
    }
  }

  /// The folders with masks of a run that is not finished.
  private func masks(in root: URL) throws -> [String] {
    try SplitFolders.names(in: root).filter {
      root.appending(path: "\($0)/masks").hasDirectory
        && Self.folders.contains($0)
    }
  }

  /// Finds the files that the lines of a split name.
  public func entries(
    of split: String?, in root: URL, problems: inout [DatasetProblem]
  ) throws -> [SegmentationDataset.Entry] {
    guard let split else { return try everything(in: root) }
    for path in ["\(split)/\(Self.file)", "lists/\(split).jsonl"] {
      let file = root.appending(path: path)
      guard try isThere(file) else { continue }
      let folder = path.hasPrefix("lists") ? root : file.deletingLastPathComponent()
      return try ImageFolderLines(file: file).entries(in: folder, problems: &problems)
    }
    throw DatasetError(
      root.path, "there is no \(split)/\(Self.file)",
      "There are: " + (try splits(in: root)).joined(separator: ", "), isMissing: true)
  }

  private func everything(in root: URL) throws -> [SegmentationDataset.Entry] {
    var unpaired: [DatasetProblem] = []
    return try masks(in: root).flatMap { split in
      func listing(_ path: String, _ extensions: [String]) throws -> FolderListing {
        try FolderListing(root.appending(path: path), extensions: extensions)
      }
      let pairs = PairedFolders(
        images: try listing(split, PhotographName.extensions),
        masks: [try listing("\(split)/masks", ["png"])],
        instances: try listing("\(split)/instances", ["png"]))
      return pairs.stems.compactMap { pairs.entry($0, or: "", problems: &unpaired) }
    }
  }

  /// `<split>/<stem>.<extension>`.
  public func imagePath(of stem: String, in split: String, pathExtension: String) -> String {
    "\(split)/\(stem).\(pathExtension)"
  }

  /// `<split>/masks/<stem>.png`.
  public func maskPath(of stem: String, in split: String) -> String { "\(split)/masks/\(stem).png" }

  /// `<split>/instances/<stem>.png`.
  public func instancesPath(of stem: String, in split: String) -> String? {
    "\(split)/instances/\(stem).png"
  }

  /// `<split>/metadata.jsonl` or, for lists that are no folders, `lists/<split>.jsonl`.
  public func listPath(of split: String) -> String {
    Self.folders.contains(split) ? "\(split)/\(Self.file)" : "lists/\(split).jsonl"
  }

  /// Writes what the ids mean, and then the lines.
  public func index(
    _ images: [SegmentationDataset.Entry], as split: String, classes: ClassList, in root: URL,
    write: (_ data: Data, _ path: String) throws -> Void
  ) throws {
    try write(classes.fileData(), ClassList.file)
    let list = listPath(of: split)
    let folder = list.hasPrefix("lists") ? root : root.appending(path: split)
    try write(ImageFolderLines.data(for: images, in: folder), list)
  }
}
