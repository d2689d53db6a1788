public import Foundation

/// Where a dataset keeps its files: how they are found in a folder, and what those that are written are called.
///
/// A layout is one file in `Layouts/` and one line in ``DatasetLayouts``. What several will need is there:
/// ``FolderListing`` finds files by stems, ``SplitList`` reads a list of them.
public protocol DatasetLayout: Sendable {
  /// What the layout is called, in lower case and without spaces, such as `voc`.
  var name: String { get }

  /// What the ids in masks stand for where nobody gives a list of classes. A list that is given keeps the encoding
  /// of this one unless it says otherwise.
  var classes: ClassList { get }

  /// The dataset's own folder, at or below one that a user names.
  ///
  /// - Throws: ``DatasetError`` saying what was looked for, when none is there.
  func root(in folder: URL) throws -> URL

  /// Finds the files of a split, in its order, without opening any image.
  ///
  /// - Parameters:
  ///   - split: The split's name; nil for every image that has a mask, in the order of their stems.
  ///   - root: What ``root(in:)`` found.
  ///   - problems: Gets what is wrong with the split: files that are missing, stems that are repeated or could lead
  ///     out of the folders.
  /// - Throws: ``DatasetError`` for a split that is not there or names nothing.
  func entries(
    of split: String?, in root: URL, problems: inout [DatasetProblem]
  ) throws -> [SegmentationDataset.Entry]

  /// The path of an image below the root of a dataset that is written.
  ///
  /// - Parameter pathExtension: That of the image's file, such as `jpg`.
  func imagePath(of stem: String, pathExtension: String) -> String

  /// The path of a mask, a PNG.
  func maskPath(of stem: String) -> String

  /// The path of an instance mask, a PNG; nil in a layout without instances.
  func instancesPath(of stem: String) -> String?

  /// The path of the list of a split, one stem a line. The lists are written last: a folder that has them is whole.
  func listPath(of split: String) -> String
}
