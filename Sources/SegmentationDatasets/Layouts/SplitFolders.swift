import DurableFiles
import Foundation

/// Splits that are folders, and lists beside them, `splits/<split>.txt`, for what is less or more than a folder.
///
/// A list of the folder's own name says which of its images belong to the split; one of another name, such as `kept`,
/// may name images of all folders.
struct SplitFolders {
  let root: URL
  /// Where a split's images are, below the root, such as `img_dir/train`.
  let imageFolder: (_ split: String) -> String
  /// The files of the folders of a split.
  let pairs: (_ split: String) throws -> PairedFolders

  /// `splits/<split>.txt`.
  static func listPath(of split: String) -> String { "splits/\(split).txt" }

  /// The names of the splits that have a folder.
  ///
  /// - Parameter parent: The folder with the splits' image folders, below the root.
  static func names(in parent: URL) throws -> [String] {
    (((try? namesInFolder(parent)) ?? nil) ?? []).filter { parent.appending(path: $0).hasDirectory }
  }

  /// The entries of a split.
  ///
  /// - Parameters:
  ///   - split: Its name; nil for all images of all folders that have a mask.
  ///   - all: The splits that have a folder.
  func entries(
    of split: String?, among all: [String], problems: inout [DatasetProblem]
  ) throws -> [SegmentationDataset.Entry] {
    guard let split else { return try everything(in: all) }
    let folders = all.contains(split) ? [split] : all
    let pairs = try folders.map(pairs)
    let list = SplitList(root.appending(path: Self.listPath(of: split)))
    if try isThere(list.file) {
      let stems = try list.stems(
        knownTo: { stem in pairs.contains { $0.knows(stem) } }, problems: &problems)
      return stems.compactMap { stem in
        let pair = pairs.first { $0.knows(stem) } ?? pairs.first
        return pair?.entry(
          stem, or: "take the stem out of \(list.file.path)", problems: &problems)
      }
    }
    guard folders == [split], let pair = pairs.first else { throw missing(split, all) }
    let entries = pair.stems.compactMap {
      pair.entry($0, or: "remove what there is of it", problems: &problems)
    }
    if entries.isEmpty && problems.isEmpty {
      throw DatasetError(
        pair.images.folder.path, "there is no photograph in this split's folder",
        "Add photographs, JPEG or PNG, and their masks.")
    }
    return entries
  }

  private func everything(in all: [String]) throws -> [SegmentationDataset.Entry] {
    var unpaired: [DatasetProblem] = []
    return try all.flatMap { split in
      let pair = try pairs(split)
      return pair.images.stems.compactMap { pair.entry($0, or: "", problems: &unpaired) }
    }
  }

  private func missing(_ split: String, _ all: [String]) -> DatasetError {
    DatasetError(
      root.path,
      "there is neither a folder \(imageFolder(split)) nor a list \(Self.listPath(of: split))",
      all.isEmpty
        ? "Put the photographs of the split into that folder."
        : "There are: " + all.joined(separator: ", "), isMissing: true)
  }
}
